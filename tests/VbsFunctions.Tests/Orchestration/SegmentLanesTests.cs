using Vbs.Restores;
using Vbs.Restores.Planning;
using VbsFunctions.Orchestration;

namespace VbsFunctions.Tests.Orchestration;

public sealed class SegmentLanesTests
{
    private const int SegmentBytes = 100;

    [Theory]
    [InlineData(1, 1, 10)]
    [InlineData(7, 3, 10)]
    [InlineData(64, 4, 200)]
    [InlineData(3, 8, 10)]
    public async Task Every_segment_of_the_window_runs_once(int segments, int lanes, int window)
    {
        var started = new List<int>();

        var (cursor, fault) = await new SegmentLanes(Cursor(segments, lanes), window).RunAsync((index, _, _) =>
        {
            started.Add(index);
            return Task.FromResult(new SegmentOutcome(SegmentBytes));
        });

        Assert.Null(fault);
        Assert.Equal(Enumerable.Range(0, segments), started.Order());
        Assert.Equal(segments, cursor.NextSegment);
        Assert.Equal(segments * SegmentBytes, cursor.LaneBytes.Sum());
    }

    [Fact]
    public async Task A_window_ends_where_the_next_begins()
    {
        var first = await RunAsync(Cursor(25, 4), 10);
        var second = await RunAsync(first, 10);
        var third = await RunAsync(second, 10);

        Assert.Equal((10, 20, 25), (first.NextSegment, second.NextSegment, third.NextSegment));
        Assert.Equal(25 * SegmentBytes, third.LaneBytes.Sum());
    }

    [Fact]
    public async Task No_more_segments_run_at_once_than_there_are_lanes_and_each_lane_runs_one()
    {
        var busy = new bool[3];

        await new SegmentLanes(Cursor(50, busy.Length), 50).RunAsync(async (_, lane, _) =>
        {
            Assert.False(busy[lane]);
            busy[lane] = true;
            await Task.Yield();
            busy[lane] = false;
            return new SegmentOutcome(SegmentBytes);
        });
    }

    [Fact]
    public async Task A_lane_is_told_what_it_has_written_before()
    {
        var told = new List<long>();

        await new SegmentLanes(Cursor(4, 1), 10).RunAsync((_, _, laneBytes) =>
        {
            told.Add(laneBytes);
            return Task.FromResult(new SegmentOutcome(SegmentBytes));
        });

        Assert.Equal([0, 100, 200, 300], told);
    }

    [Fact]
    public async Task A_fault_ends_the_window_and_starts_nothing_more()
    {
        var started = new List<int>();

        var (_, fault) = await new SegmentLanes(Cursor(100, 2), 100).RunAsync((index, _, _) =>
        {
            started.Add(index);
            return Task.FromResult(new SegmentOutcome(0, index == 5 ? RestoreFault.Data("wrong digest") : null));
        });

        Assert.Equal("wrong digest", fault!.Reason);
        Assert.True(started.Max() <= 7);
    }

    [Fact]
    public async Task A_plan_without_segments_is_done_at_once()
    {
        var (cursor, fault) = await new SegmentLanes(Cursor(0, 4), 10).RunAsync((_, _, _) => throw new InvalidOperationException());

        Assert.Null(fault);
        Assert.Equal(0, cursor.NextSegment);
    }

    private static async Task<RestoreCursor> RunAsync(RestoreCursor cursor, int window)
    {
        var (next, fault) = await new SegmentLanes(cursor, window).RunAsync((_, _, _) => Task.FromResult(new SegmentOutcome(SegmentBytes)));
        Assert.Null(fault);
        return next;
    }

    private static RestoreCursor Cursor(int segments, int lanes) =>
        new(new VolumeId(Guid.Empty), new RestorePlan(segments, segments * SegmentBytes, 32768, segments * SegmentBytes), 0, new long[lanes]);
}

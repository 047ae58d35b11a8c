namespace VbsFunctions.Orchestration;

/// <summary>Deals the segments of one window to lanes: each lane runs one segment at a time and takes the next when it is done.</summary>
/// <remarks>A lane is the only writer of its progress row, so progress needs no locks and a repeated segment counts once.</remarks>
internal sealed class SegmentLanes(RestoreCursor cursor, int windowSegments)
{
    private readonly Task<SegmentOutcome>?[] running = new Task<SegmentOutcome>?[cursor.LaneBytes.Count];
    private readonly long[] bytes = [.. cursor.LaneBytes];
    private readonly int end = Math.Min(cursor.Plan.SegmentCount, cursor.NextSegment + windowSegments);
    private int next = cursor.NextSegment;

    /// <summary>Runs the window's segments until all are done or one has a fault.</summary>
    /// <param name="start">Starts segment <c>index</c> in lane <c>lane</c>, which has written <c>laneBytes</c> so far.</param>
    /// <returns>The cursor behind the window; the first fault, when there is one, with others still running.</returns>
    public async Task<(RestoreCursor Cursor, Vbs.Restores.RestoreFault? Fault)> RunAsync(
        Func<int, int, long, Task<SegmentOutcome>> start)
    {
        for (var lane = 0; lane < running.Length; lane++)
        {
            StartNext(lane, start);
        }

        while (running.OfType<Task<SegmentOutcome>>().ToArray() is { Length: > 0 } active)
        {
            var done = await Task.WhenAny(active);
            var outcome = await done;
            var lane = Array.IndexOf(running, done);
            bytes[lane] += outcome.Bytes;
            if (outcome.Fault is not null)
            {
                return (Cursor(), outcome.Fault);
            }

            StartNext(lane, start);
        }

        return (Cursor(), null);
    }

    private void StartNext(int lane, Func<int, int, long, Task<SegmentOutcome>> start) =>
        running[lane] = next < end ? start(next++, lane, bytes[lane]) : null;

    private RestoreCursor Cursor() => cursor with { NextSegment = next, LaneBytes = bytes };
}

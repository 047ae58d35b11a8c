using Vbs.Restores.Planning;

namespace Vbs.Tests.Restores.Segments;

public sealed class SegmentPipelineTests
{
    private const int MiB = 1 << 20;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_segment_of_several_objects_is_on_the_disk_byte_for_byte()
    {
        var bench = new SegmentBench(SegmentBench.RandomBytes(30 * MiB)).With(0, 10 * MiB).With(10 * MiB, 10 * MiB).With(20 * MiB, 10 * MiB);
        Assert.Null(await bench.RunAsync(Stop));
        bench.AssertRestored();
    }

    [Fact]
    public async Task Running_twice_gives_the_same_bytes()
    {
        var bench = new SegmentBench(SegmentBench.RandomBytes(6 * MiB)).With(0, 6 * MiB);
        Assert.Null(await bench.RunAsync(Stop));
        bench.Again();
        Assert.Null(await bench.RunAsync(Stop));
        bench.AssertRestored();
    }

    [Fact]
    public async Task Blocks_outside_the_live_ranges_are_read_over_and_left_as_they_are()
    {
        const int block = SegmentBench.Block;
        var bench = new SegmentBench(SegmentBench.RandomBytes(12 * MiB))
            .With(0, 12 * MiB, byDigest: true, new ByteRange(block, 3 * block), new ByteRange(9 * MiB, 2 * MiB));
        Assert.Null(await bench.RunAsync(Stop));
        bench.AssertRestored();
    }

    [Fact]
    public async Task The_contents_last_block_may_be_short()
    {
        var bench = new SegmentBench(SegmentBench.RandomBytes(MiB + 512)).With(0, MiB + 512);
        Assert.Null(await bench.RunAsync(Stop));
        bench.AssertRestored();
    }

    [Theory]
    [InlineData(512)]
    [InlineData(3 * 512)]
    [InlineData(5 * MiB)]
    public async Task Any_block_length_of_whole_pages_will_do(int blockBytes)
    {
        var bench = new SegmentBench(SegmentBench.RandomBytes(15 * MiB), blockBytes).With(0, 15 * MiB);
        Assert.Null(await bench.RunAsync(Stop));
        bench.AssertRestored();
    }

    [Fact]
    public async Task Neighbouring_blocks_join_into_writes_of_four_MiB()
    {
        var bench = new SegmentBench(SegmentBench.RandomBytes(16 * MiB)).With(0, 16 * MiB);
        Assert.Null(await bench.RunAsync(Stop));
        Assert.Equal([0L, 4 * MiB, 8 * MiB, 12 * MiB], bench.Writes.Select(write => write.OffsetBytes).Order());
    }

    [Fact]
    public async Task Zeros_are_cleared_in_one_request_across_objects()
    {
        var bench = new SegmentBench(new byte[24 * MiB]).With(0, 8 * MiB).With(8 * MiB, 8 * MiB).With(16 * MiB, 8 * MiB);
        Assert.Null(await bench.RunAsync(Stop));
        Assert.Equal([new ByteRange(0, 24 * MiB)], bench.Clears);
        Assert.Empty(bench.Writes);
        bench.AssertRestored();
    }

    [Fact]
    public async Task Zeros_within_data_are_cleared_and_a_few_of_them_written()
    {
        var content = SegmentBench.RandomBytes(4 * MiB);
        Array.Clear(content, MiB, MiB);
        Array.Clear(content, 3 * MiB, 64 << 10);
        var bench = new SegmentBench(content).With(0, 4 * MiB);
        Assert.Null(await bench.RunAsync(Stop));
        Assert.Equal([new ByteRange(MiB, MiB)], bench.Clears);
        Assert.Equal(2, bench.Writes.Count);
        bench.AssertRestored();
    }

    [Fact]
    public async Task Digests_are_asked_for_in_long_runs()
    {
        var requests = 0;
        var bench = new SegmentBench(SegmentBench.RandomBytes(32 * MiB), blockBytes: 512).With(0, 32 * MiB);
        var digests = bench.Digests;
        bench.Digests = (first, blocks, token) =>
        {
            Interlocked.Increment(ref requests);
            return digests(first, blocks, token);
        };
        Assert.Null(await bench.RunAsync(Stop));
        Assert.Equal(2, requests); // 65,536 blocks, 32,768 at a time.
    }

    [Fact]
    public async Task An_objects_dead_end_is_not_fetched()
    {
        var bench = new SegmentBench(SegmentBench.RandomBytes(64 * MiB)).With(0, 64 * MiB, byDigest: true, new ByteRange(0, MiB));
        CountingStream? counting = null;
        bench.Open = (chunk, _) => Task.FromResult<Stream>(counting = new CountingStream(bench.Stored[chunk.BlobName]));
        Assert.Null(await bench.RunAsync(Stop));
        Assert.Equal(MiB, counting!.BytesRead);
        bench.AssertRestored();
    }

    [Fact]
    public async Task Of_an_uncompressed_object_long_superseded_ranges_are_not_fetched_and_short_ones_are_read_over()
    {
        ByteRange[] live = [new(MiB, MiB), new(2 * MiB + SegmentBench.Block, MiB), new(32 * MiB, MiB), new(63 * MiB, MiB)];
        var bench = new SegmentBench(SegmentBench.RandomBytes(64 * MiB)).With(0, 64 * MiB, byDigest: true, live);
        Assert.Null(await bench.RunAsync(Stop));
        ByteRange[] fetched = [new(MiB, 2 * MiB + SegmentBench.Block), live[2], live[3]];
        Assert.Equal(fetched, bench.Parts);
        bench.AssertRestored();
    }

    [Fact]
    public async Task A_segment_without_objects_is_done()
    {
        Assert.Null(await new SegmentBench(new byte[512]).RunAsync(Stop));
    }
}

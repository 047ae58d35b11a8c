namespace Vbs.Tests.Restores.Segments;

public sealed class SegmentPipelineFreshTests
{
    private const int MiB = 1 << 20;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_fresh_disk_zeros_are_neither_written_nor_cleared_and_count_as_done()
    {
        var bench = Fresh(WithZeros()).With(0, 16 * MiB);
        Assert.Null(await bench.RunAsync(Stop));
        Assert.Empty(bench.Clears);
        Assert.Equal(8 * MiB, bench.Writes.Sum(write => write.LengthBytes));
        bench.AssertIsContent();
    }

    [Fact]
    public async Task On_a_reused_disk_the_same_zeros_are_cleared()
    {
        var bench = new SegmentBench(WithZeros()).With(0, 16 * MiB);
        Assert.Null(await bench.RunAsync(Stop));
        Assert.Equal(8 * MiB, bench.Clears.Sum(clear => clear.LengthBytes));
        bench.AssertRestored();
    }

    [Fact]
    public async Task A_repeat_on_a_fresh_disk_comes_to_the_same()
    {
        var bench = Fresh(WithZeros()).With(0, 16 * MiB);
        Assert.Null(await bench.RunAsync(Stop));
        bench.Again();
        Assert.Null(await bench.RunAsync(Stop));
        bench.AssertIsContent();
    }

    [Fact]
    public async Task Zeros_that_should_be_data_are_refused_also_on_a_fresh_disk()
    {
        var bench = Fresh(SegmentBench.RandomBytes(MiB)).With(0, MiB);
        Array.Clear(bench.Stored["chunk-00001"]);
        Assert.NotNull(await bench.RunAsync(Stop));
        Assert.Empty(bench.Writes);
    }

    private static byte[] WithZeros()
    {
        var content = SegmentBench.RandomBytes(16 * MiB);
        Array.Clear(content, 0, 3 * MiB);
        Array.Clear(content, 5 * MiB, MiB);
        Array.Clear(content, 12 * MiB, 4 * MiB);
        return content;
    }

    private static SegmentBench Fresh(byte[] content)
    {
        var bench = new SegmentBench(content) { IsFresh = true };
        Array.Clear(bench.Disk);
        return bench;
    }
}

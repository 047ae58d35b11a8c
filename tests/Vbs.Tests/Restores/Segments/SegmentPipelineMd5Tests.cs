using Vbs.Restores.Planning;

namespace Vbs.Tests.Restores.Segments;

public sealed class SegmentPipelineMd5Tests
{
    private const int MiB = 1 << 20;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_no_digest_covers_is_proven_by_MD5_and_written()
    {
        var bench = new SegmentBench(SegmentBench.RandomBytes(20 * MiB))
            .With(512, 14 * MiB, byDigest: false, new ByteRange(512, 512), new ByteRange(3 * MiB + 512, 6 * MiB), new ByteRange(14 * MiB, 512))
            .With(16 * MiB, 4 * MiB);
        Assert.Null(await bench.RunAsync(Stop));
        bench.AssertRestored();
    }

    [Fact]
    public async Task Nothing_is_written_when_the_last_byte_is_wrong()
    {
        var bench = new SegmentBench(SegmentBench.RandomBytes(12 * MiB)).With(0, 12 * MiB, byDigest: false);
        bench.Stored["chunk-00001"][^1] ^= 1;
        Assert.Contains("MD5", (await bench.RunAsync(Stop))!.Reason, StringComparison.Ordinal);
        Assert.Empty(bench.Writes);
        Assert.Empty(bench.Clears);
    }

    [Fact]
    public async Task A_wrong_byte_in_a_dead_range_is_a_fault_too_because_the_MD5_is_of_the_whole()
    {
        var bench = new SegmentBench(SegmentBench.RandomBytes(12 * MiB)).With(0, 12 * MiB, byDigest: false, new ByteRange(512, 512));
        bench.Stored["chunk-00001"][11 * MiB] ^= 1;
        Assert.NotNull(await bench.RunAsync(Stop));
        Assert.Empty(bench.Writes);
    }

    [Fact]
    public async Task A_change_between_the_two_passes_is_caught_before_it_is_written()
    {
        var bench = new SegmentBench(SegmentBench.RandomBytes(12 * MiB)).With(0, 12 * MiB, byDigest: false);
        var passes = 0;
        var open = bench.Open;
        bench.Open = (chunk, token) =>
        {
            if (++passes == 2)
            {
                bench.Stored["chunk-00001"][5 * MiB] ^= 1;
            }

            return open(chunk, token);
        };
        Assert.NotNull(await bench.RunAsync(Stop));
        Assert.Equal(2, passes);
        Assert.True(bench.IsUntouched(new ByteRange(4 * MiB, 4 * MiB)));
    }
}

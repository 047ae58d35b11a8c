using System.Globalization;
using Vbs.Restores;
using Vbs.Restores.Planning;
using Vbs.Restores.Segments;

namespace Vbs.Tests.Restores.Segments;

public sealed class SegmentPipelineFaultTests
{
    private const int MiB = 1 << 20;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_corrupt_byte_in_any_block_is_a_fault_and_nothing_of_the_block_is_written()
    {
        const int block = 4 << 10;
        var content = SegmentBench.RandomBytes(32 * block);
        for (var i = 0; i < 32; i++)
        {
            var bench = new SegmentBench(content, block).With(0, 16 * block).With(16 * block, 16 * block);
            bench.Stored[i < 16 ? "chunk-00001" : "chunk-00002"][i % 16 * block + i * 7] ^= 1;
            var fault = await bench.RunAsync(Stop);
            Assert.Equal("VolumeBackup.0200", fault?.Code);
            Assert.Contains(i < 16 ? "chunk-00001" : "chunk-00002", fault!.Reason, StringComparison.Ordinal);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Block {i} (byte {i * block} "), fault.Reason, StringComparison.Ordinal);
            Assert.True(bench.IsUntouched(new ByteRange(i * block, block)));
        }
    }

    [Fact]
    public async Task Zeros_that_should_be_data_are_a_fault_and_not_cleared()
    {
        var bench = new SegmentBench(SegmentBench.RandomBytes(MiB)).With(0, MiB);
        Array.Clear(bench.Stored["chunk-00001"]);
        Assert.NotNull(await bench.RunAsync(Stop));
        Assert.Empty(bench.Clears);
    }

    [Fact]
    public async Task Zeros_among_proven_zeros_that_should_be_data_are_a_fault()
    {
        var content = new byte[MiB];
        content[5 * SegmentBench.Block] = 1;
        var bench = new SegmentBench(content).With(0, MiB);
        bench.Stored["chunk-00001"][5 * SegmentBench.Block] = 0;
        Assert.Contains("Block 5 ", (await bench.RunAsync(Stop))!.Reason, StringComparison.Ordinal);
        Assert.Empty(bench.Clears);
    }

    [Theory]
    [InlineData(true, -1)]
    [InlineData(true, 1)]
    [InlineData(false, -1)]
    [InlineData(false, 1)]
    public async Task An_object_of_another_length_is_a_fault(bool byDigest, int more)
    {
        var bench = new SegmentBench(SegmentBench.RandomBytes(5 * MiB)).With(0, 5 * MiB, byDigest);
        var stored = bench.Stored["chunk-00001"];
        Array.Resize(ref stored, stored.Length + more);
        bench.Stored["chunk-00001"] = stored;
        Assert.Contains("chunk-00001", (await bench.RunAsync(Stop))!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_digest_index_that_ends_early_is_a_fault()
    {
        var bench = new SegmentBench(SegmentBench.RandomBytes(MiB)).With(0, MiB);
        var digests = bench.Digests;
        bench.Digests = async (first, blocks, token) => (await digests(first, blocks, token))[..^32];
        Assert.NotNull(await bench.RunAsync(Stop));
        Assert.Empty(bench.Writes);
    }

    [Fact]
    public async Task A_live_range_that_cuts_a_block_is_a_fault()
    {
        var bench = new SegmentBench(SegmentBench.RandomBytes(MiB)).With(0, MiB, byDigest: true, new ByteRange(512, SegmentBench.Block));
        Assert.NotNull(await bench.RunAsync(Stop));
        Assert.Empty(bench.Writes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData((64 << 20) + 512)]
    public async Task A_block_length_beyond_reason_is_a_fault(int blockBytes)
    {
        var plan = new RestorePlan(1, MiB, blockBytes, MiB);
        var bench = new SegmentBench(new byte[MiB]).With(0, MiB);
        var pipeline = new SegmentPipeline(bench.OpenPartAsync, bench.Digests, bench.Write, bench.Clear, bench.Options, new PieceMemory(bench.Options.ReadAheadBytes));
        Assert.NotNull(await pipeline.RunAsync(bench.Segment, plan, _ => { }, Stop));
    }

    [Theory]
    [InlineData("open")]
    [InlineData("digests")]
    [InlineData("write")]
    [InlineData("clear")]
    public async Task A_fault_of_any_delegate_is_the_answer_and_stops_the_others(string which)
    {
        var (bench, running) = OfTwo();
        var fault = RestoreFault.Data("No further.");
        Break(bench, which, () => new RestoreFaultException(fault));
        Assert.Same(fault, await bench.RunAsync(Stop));
        Assert.Equal(0, running());
    }

    [Theory]
    [InlineData("open")]
    [InlineData("digests")]
    [InlineData("write")]
    [InlineData("clear")]
    public async Task Any_other_exception_escapes_after_the_others_have_ended_and_a_repeat_succeeds(string which)
    {
        var (bench, running) = OfTwo();
        var whole = (bench.Open, bench.Digests, bench.Write, bench.Clear);
        Break(bench, which, () => new IOException("It may pass."));
        await Assert.ThrowsAsync<IOException>(() => bench.RunAsync(Stop));
        Assert.Equal(0, running());

        (bench.Open, bench.Digests, bench.Write, bench.Clear) = whole;
        bench.Again();
        Assert.Null(await bench.RunAsync(Stop));
        bench.AssertRestored();
    }

    [Fact]
    public async Task Of_many_faults_at_once_one_is_the_answer()
    {
        var bench = new SegmentBench(SegmentBench.RandomBytes(16 * MiB));
        var all = new TaskCompletionSource();
        var waiting = 0;
        for (var i = 0; i < 4; i++)
        {
            bench.With(4 * i * MiB, 4 * MiB);
        }

        bench.Write = async (offset, _, _) =>
        {
            if (Interlocked.Increment(ref waiting) == 4)
            {
                all.SetResult();
            }

            await all.Task;
            throw new RestoreFaultException(RestoreFault.Data($"At {offset}."));
        };
        Assert.StartsWith("At ", (await bench.RunAsync(Stop))!.Reason, StringComparison.Ordinal);
    }

    /// <summary>Two objects with data and zeros, and how many delegate calls are running.</summary>
    private static (SegmentBench Bench, Func<int> Running) OfTwo()
    {
        var content = SegmentBench.RandomBytes(32 * MiB);
        Array.Clear(content, 8 * MiB, MiB);
        Array.Clear(content, 24 * MiB, MiB);
        var running = 0;
        var bench = new SegmentBench(content).With(0, 16 * MiB).With(16 * MiB, 16 * MiB);
        var (write, clear) = (bench.Write, bench.Clear);
        bench.Write = async (offset, bytes, token) =>
        {
            Interlocked.Increment(ref running);
            await write(offset, bytes, CancellationToken.None);
            Interlocked.Decrement(ref running);
        };
        bench.Clear = async (range, token) =>
        {
            Interlocked.Increment(ref running);
            await clear(range, CancellationToken.None);
            Interlocked.Decrement(ref running);
        };
        return (bench, () => Volatile.Read(ref running));
    }

    private static void Break(SegmentBench bench, string which, Func<Exception> failure)
    {
        var (open, digests, write, clear) = (bench.Open, bench.Digests, bench.Write, bench.Clear);
        bench.Open = (chunk, token) => which == "open" && chunk.Range.OffsetBytes > 0 ? throw failure() : open(chunk, token);
        bench.Digests = (first, blocks, token) => which == "digests" && first > 0 ? throw failure() : digests(first, blocks, token);
        bench.Write = (offset, bytes, token) => which == "write" && offset > 0 ? throw failure() : write(offset, bytes, token);
        bench.Clear = (range, token) => which == "clear" ? throw failure() : clear(range, token);
    }
}

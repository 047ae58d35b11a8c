namespace Vbs.Tests.Restores.Segments;

public sealed class SegmentPipelineCancellationTests
{
    private const int MiB = 1 << 20;

    [Fact]
    public async Task Cancelled_in_the_middle_of_reading_it_stops_at_the_next_block()
    {
        using var cancel = new CancellationTokenSource();
        var bench = new SegmentBench(SegmentBench.RandomBytes(32 * MiB)).With(0, 32 * MiB);
        CountingStream? stream = null;
        bench.Open = (chunk, _) => Task.FromResult<Stream>(stream = new CountingStream(bench.Stored[chunk.BlobName], async (_, _) =>
        {
            if (stream!.BytesRead == 10 * MiB)
            {
                await cancel.CancelAsync();
            }
        }, atMost: SegmentBench.Block));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.RunAsync(cancel.Token));
        Assert.InRange(stream!.BytesRead, 10 * MiB, 10 * MiB + SegmentBench.Block);
    }

    [Fact]
    public async Task Cancelled_while_writing_it_waits_for_the_writes_and_a_repeat_succeeds()
    {
        using var cancel = new CancellationTokenSource();
        var bench = new SegmentBench(SegmentBench.RandomBytes(32 * MiB)).With(0, 16 * MiB).With(16 * MiB, 16 * MiB);
        var write = bench.Write;
        var (begun, ended) = (0, 0);
        bench.Write = async (offset, bytes, _) =>
        {
            Interlocked.Increment(ref begun);
            await cancel.CancelAsync();
            await write(offset, bytes, CancellationToken.None);
            Interlocked.Increment(ref ended);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.RunAsync(cancel.Token));
        Assert.InRange(begun, 1, 8);
        Assert.Equal(begun, ended);

        bench.Write = write;
        bench.Again();
        Assert.Null(await bench.RunAsync(TestContext.Current.CancellationToken));
        bench.AssertRestored();
    }

    [Fact]
    public async Task A_timeout_of_a_delegate_is_not_taken_for_success()
    {
        var bench = new SegmentBench(SegmentBench.RandomBytes(MiB)).With(0, MiB);
        bench.Write = (_, _, _) => throw new TaskCanceledException("The request timed out.");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.RunAsync(TestContext.Current.CancellationToken));
    }
}

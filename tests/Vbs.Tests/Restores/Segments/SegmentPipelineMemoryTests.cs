using Vbs.Restores.Planning;
using Vbs.Restores.Segments;

namespace Vbs.Tests.Restores.Segments;

public sealed class SegmentPipelineMemoryTests
{
    private const int MiB = 1 << 20;
    private const int Budget = 16 * MiB;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_big_object_is_read_ahead_as_far_as_the_budget_and_never_further(bool byDigest)
    {
        const int total = 128 * MiB;
        var bench = new SegmentBench(SegmentBench.RandomBytes(total)).With(0, total, byDigest);
        bench.Options = new SegmentPipelineOptions { ReadAheadBytes = Budget, WritesInFlight = 64, ObjectsAtOnce = 1 };
        var (read, written, most) = (0L, 0L, 0L);
        var full = new TaskCompletionSource();
        var passes = 0;
        var write = bench.Write;
        bench.Open = (chunk, _) =>
        {
            read = 0;
            var writing = ++passes == (byDigest ? 1 : 2);
            return Task.FromResult<Stream>(new CountingStream(bench.Stored[chunk.BlobName], (length, _) =>
            {
                var outstanding = Interlocked.Add(ref read, length) - Interlocked.Read(ref written);
                most = writing ? Math.Max(most, outstanding) : 0;
                if (writing && outstanding == Budget)
                {
                    full.TrySetResult();
                }

                return Task.CompletedTask;
            }));
        };
        bench.Write = async (offset, bytes, token) =>
        {
            // No write ends before the reader has gone as far as it may.
            await full.Task.WaitAsync(token);
            await write(offset, bytes, token);
            Interlocked.Add(ref written, bytes.Length);
        };
        Assert.Null(await bench.RunAsync(Stop));
        bench.AssertRestored();
        Assert.Equal(Budget, most);
    }

    [Fact]
    public async Task Two_segments_share_one_memory()
    {
        using var memory = new PieceMemory(Budget);
        var (held, most) = (0L, 0L);
        var full = new TaskCompletionSource();
        SegmentBench[] benches = [Bench(1), Bench(2)];
        foreach (var bench in benches)
        {
            var write = bench.Write;
            bench.Write = async (offset, bytes, token) =>
            {
                var now = Interlocked.Add(ref held, bytes.Length);
                InterlockedMax(ref most, now);
                if (now == Budget)
                {
                    full.TrySetResult();
                }

                // No write ends before all memory is waiting to be written.
                await full.Task.WaitAsync(token);
                await write(offset, bytes, token);
                Interlocked.Add(ref held, -bytes.Length);
            };
        }

        var faults = await Task.WhenAll(benches.Select(bench => bench.RunAsync(Stop)));
        Assert.All(faults, Assert.Null);
        Assert.All(benches, bench => bench.AssertRestored());
        Assert.Equal(Budget, most);

        SegmentBench Bench(int seed) => new SegmentBench(SegmentBench.RandomBytes(32 * MiB, seed))
        {
            Memory = memory,
            Options = new SegmentPipelineOptions { WritesInFlight = 64 },
        }.With(0, 16 * MiB).With(16 * MiB, 16 * MiB);
    }

    [Fact]
    public async Task Who_gives_up_waiting_for_memory_takes_none_of_it()
    {
        using var memory = new PieceMemory(Budget);
        var slot = await memory.TakeAsync(4 * MiB, Stop);
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var all = memory.TakeAsync(Budget, impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all);
        memory.Return(slot, 4 * MiB);
        memory.Return(await memory.TakeAsync(Budget, Stop), Budget);
    }

    [Fact]
    public async Task No_more_writes_are_under_way_than_configured()
    {
        var bench = new SegmentBench(SegmentBench.RandomBytes(64 * MiB)).With(0, 32 * MiB).With(32 * MiB, 32 * MiB);
        bench.Options = new SegmentPipelineOptions { WritesInFlight = 3 };
        var (running, most) = (0, 0);
        var three = new TaskCompletionSource();
        var write = bench.Write;
        bench.Write = async (offset, bytes, token) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            if (now == 3)
            {
                three.TrySetResult();
            }

            await three.Task.WaitAsync(token);
            await write(offset, bytes, token);
            Interlocked.Decrement(ref running);
        };
        Assert.Null(await bench.RunAsync(Stop));
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task No_more_objects_are_open_than_configured()
    {
        var bench = new SegmentBench(SegmentBench.RandomBytes(8 * MiB)) { Options = new SegmentPipelineOptions { ObjectsAtOnce = 2 } };
        for (var i = 0; i < 8; i++)
        {
            bench.With(i * MiB, MiB);
        }

        var (opened, most) = (0, 0);
        var two = new TaskCompletionSource();
        bench.Open = async (chunk, token) =>
        {
            var now = Interlocked.Increment(ref opened);
            InterlockedMax(ref most, now);
            if (now == 2)
            {
                two.TrySetResult();
            }

            await two.Task.WaitAsync(token);
            Interlocked.Decrement(ref opened);
            return new MemoryStream(bench.Stored[chunk.BlobName], writable: false);
        };
        Assert.Null(await bench.RunAsync(Stop));
        Assert.Equal(2, most);
    }

    [Theory]
    [InlineData(Compression.Bz2, 4)]
    [InlineData(Compression.Zstd, 4)]
    [InlineData(Compression.Zlib, 8)]
    public async Task Few_large_decoders_serve_all_segments(Compression compression, int expected)
    {
        using var memory = new PieceMemory(Budget);
        var (decoding, most) = (0, 0);
        var all = new TaskCompletionSource();
        SegmentBench[] benches = [Bench(1), Bench(2)];
        Assert.All(await Task.WhenAll(benches.Select(bench => bench.RunAsync(Stop))), Assert.Null);
        Assert.All(benches, bench => bench.AssertRestored());
        Assert.Equal(expected, most);

        SegmentBench Bench(int seed)
        {
            var bench = new SegmentBench(SegmentBench.RandomBytes(8 * MiB, seed)) { Memory = memory, Compression = compression };
            for (var i = 0; i < 8; i++)
            {
                bench.With(i * MiB, MiB);
            }

            bench.Open = (chunk, _) =>
            {
                var now = Interlocked.Increment(ref decoding);
                InterlockedMax(ref most, now);
                if (now == expected)
                {
                    all.TrySetResult();
                }

                return Task.FromResult<Stream>(new CountingStream(bench.Stored[chunk.BlobName], (_, stop) => all.Task.WaitAsync(stop))
                {
                    Closed = () => Interlocked.Decrement(ref decoding),
                });
            };
            return bench;
        }
    }

    private static void InterlockedMax(ref long most, long value)
    {
        for (var seen = Volatile.Read(ref most); seen < value; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}

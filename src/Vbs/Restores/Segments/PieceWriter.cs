using System.Collections.Concurrent;
using Vbs.Restores.Planning;

namespace Vbs.Restores.Segments;

/// <summary>Puts proven pieces on the disk: data as writes, zeros as clears. A zero is skipped only on a fresh disk: any other may hold
/// older data there.</summary>
/// <remarks>A disk is fresh when nothing of it was written before the restore took its lease. Under that lease only the bytes of this
/// restore arrive, the same at every repeat: where they are zeros nothing ever stands.</remarks>
internal sealed class PieceWriter(
    WritePages write, ClearPages clear, Action<long> progress, int writesInFlight, bool isFresh) : IDisposable
{
    private readonly SemaphoreSlim slots = new(writesInFlight);

    /// <summary>Zeros at an edge of what was at hand: they may go on beyond it, and one clear has no bound.</summary>
    private readonly ConcurrentQueue<ByteRange> rest = [];

    /// <summary>Writes the live bytes of a proven piece, all but the zeros at their edges, which <see cref="ClearRestAsync"/> clears.</summary>
    public async Task WriteAsync(Piece piece, IReadOnlyList<ByteRange> live, CancellationToken cancellationToken)
    {
        foreach (var part in Within(piece.Range, live))
        {
            foreach (var (run, isZero) in ZeroRuns.Split(piece.Slice(part), part.OffsetBytes))
            {
                if (!isZero)
                {
                    await WriteRunAsync(piece, run, cancellationToken);
                }
                else if (isFresh)
                {
                    progress(run.LengthBytes);
                }
                else if (run.OffsetBytes == part.OffsetBytes || run.EndBytes == part.EndBytes)
                {
                    rest.Enqueue(run);
                }
                else
                {
                    await ClearRunAsync(run, cancellationToken);
                }
            }
        }
    }

    /// <summary>Clears what is left when all pieces are written, neighbours joined, also across objects.</summary>
    public Task ClearRestAsync(CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Joined(rest.OrderBy(run => run.OffsetBytes)),
            new ParallelOptions { MaxDegreeOfParallelism = writesInFlight, CancellationToken = cancellationToken },
            async (run, stop) => await ClearRunAsync(run, stop));

    /// <inheritdoc/>
    public void Dispose() => slots.Dispose();

    private static IEnumerable<ByteRange> Within(ByteRange piece, IReadOnlyList<ByteRange> live)
    {
        foreach (var range in live)
        {
            var start = Math.Max(range.OffsetBytes, piece.OffsetBytes);
            var end = Math.Min(range.EndBytes, piece.EndBytes);
            if (start < end)
            {
                yield return new ByteRange(start, end - start);
            }
        }
    }

    private static IEnumerable<ByteRange> Joined(IEnumerable<ByteRange> ascending)
    {
        ByteRange? open = null;
        foreach (var run in ascending)
        {
            if (open is { } before && before.EndBytes == run.OffsetBytes)
            {
                open = before with { LengthBytes = before.LengthBytes + run.LengthBytes };
                continue;
            }

            if (open is { } ended)
            {
                yield return ended;
            }

            open = run;
        }

        if (open is { } last)
        {
            yield return last;
        }
    }

    private async Task WriteRunAsync(Piece piece, ByteRange run, CancellationToken cancellationToken)
    {
        // More than one write only where a digest's block is longer than a write may be.
        foreach (var part in Piece.Cut([run], PieceMemory.SlotBytes))
        {
            await InSlotAsync(() => write(part.OffsetBytes, piece.Slice(part), cancellationToken), part, cancellationToken);
        }
    }

    private Task ClearRunAsync(ByteRange run, CancellationToken cancellationToken) =>
        InSlotAsync(() => clear(run, cancellationToken), run, cancellationToken);

    private async Task InSlotAsync(Func<Task> request, ByteRange range, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            await request();
        }
        finally
        {
            slots.Release();
        }

        progress(range.LengthBytes);
    }
}

using System.Buffers;
using Vbs.Restores.Planning;

namespace Vbs.Restores.Segments;

/// <summary>The memory of all segments that a process works on, however many restores they are of: so many slots of 4 MiB, and whoever
/// needs one more waits. A segment that runs alone has all of it. Beside the slots stand the decoders, of which few are large.</summary>
/// <remarks>Nobody who waits here holds up one who has a slot: a piece that was read is proven and written without needing another,
/// nor a decoder.</remarks>
public sealed class PieceMemory(int budgetBytes) : IDisposable
{
    /// <summary>The longest Put Page (learn.microsoft.com/rest/api/storageservices/put-page), and so the length of most pieces.</summary>
    internal const int SlotBytes = 4 << 20;

    /// <summary>Objects in bz2 or zstd that are decoded at once. A decoder of bz2 takes 9 MiB with what it reads ahead, one of zstd up to
    /// its window of 8 MiB; one of zlib takes 40 KiB and is not counted.</summary>
    private const int LargeDecoders = 4;

    // Not ArrayPool.Shared, which keeps an array of this size for every thread that ever returned one. This one keeps
    // no more than were out at once.
    private readonly ArrayPool<byte> arrays = ArrayPool<byte>.Create(SlotBytes, maxArraysPerBucket: budgetBytes / SlotBytes);
    private readonly SemaphoreSlim free = new(budgetBytes / SlotBytes);

    // One taker collects at a time: two that each have half of what they need would wait for each other.
    private readonly SemaphoreSlim turn = new(1);

    private readonly SemaphoreSlim decoders = new(LargeDecoders);

    /// <summary>Bytes that may be out at once.</summary>
    internal int BudgetBytes { get; } = budgetBytes / SlotBytes * SlotBytes;

    /// <inheritdoc/>
    public void Dispose()
    {
        free.Dispose();
        turn.Dispose();
        decoders.Dispose();
    }

    /// <summary>Waits until another object may be decoded.</summary>
    /// <returns>What to dispose when its decoder is gone; null where there is nothing to wait for.</returns>
    internal async ValueTask<IDisposable?> EnterDecoderAsync(Compression compression, CancellationToken cancellationToken)
    {
        if (compression is not (Compression.Bz2 or Compression.Zstd))
        {
            return null;
        }

        await decoders.WaitAsync(cancellationToken);
        return new Decoder(decoders);
    }

    /// <summary>How many pieces of a length may be out at once.</summary>
    internal int CountOf(int pieceBytes) => BudgetBytes / SlotBytes / SlotsOf(pieceBytes);

    /// <summary>Takes a buffer of at least so many bytes, waiting for it. One longer than the budget never comes.</summary>
    internal async ValueTask<byte[]> TakeAsync(int pieceBytes, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        var taken = 0;
        try
        {
            for (; taken < SlotsOf(pieceBytes); taken++)
            {
                await free.WaitAsync(cancellationToken);
            }

            return arrays.Rent(pieceBytes);
        }
        catch when (taken > 0)
        {
            free.Release(taken);
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Gives a buffer back, once, when nothing uses it any more.</summary>
    internal void Return(byte[] buffer, int pieceBytes)
    {
        arrays.Return(buffer);
        free.Release(SlotsOf(pieceBytes));
    }

    private static int SlotsOf(int pieceBytes) => (pieceBytes + SlotBytes - 1) / SlotBytes;

    private sealed class Decoder(SemaphoreSlim decoders) : IDisposable
    {
        public void Dispose() => decoders.Release();
    }
}

using System.Buffers;

namespace Vbs.Restores.Segments;

/// <summary>The memory of one run: so many buffers of one piece each, and whoever needs one more waits.</summary>
internal sealed class PieceBuffers : IDisposable
{
    /// <summary>The longest Put Page (learn.microsoft.com/rest/api/storageservices/put-page).</summary>
    public const int MaxWriteBytes = 4 << 20;

    // Not ArrayPool.Shared, which keeps an array of this size for every thread that ever returned one. This one keeps
    // no more than were out at once, over all runs.
    private static readonly ArrayPool<byte> Arrays = ArrayPool<byte>.Create(MaxWriteBytes, maxArraysPerBucket: 256);

    private readonly SemaphoreSlim free;

    /// <summary>Divides a budget into pieces: whole blocks, as many as one write takes, at least one.</summary>
    /// <exception cref="RestoreFaultException">A block is longer than the budget, or not of whole 512-byte pages.</exception>
    public PieceBuffers(int blockBytes, int budgetBytes)
    {
        if (blockBytes < 512 || blockBytes % 512 != 0 || blockBytes > budgetBytes)
        {
            throw new RestoreFaultException(RestoreFault.Data(
                $"The backup's digest blocks of {blockBytes} bytes are not multiples of 512 of at most {budgetBytes} bytes."));
        }

        PieceBytes = Math.Max(1, MaxWriteBytes / blockBytes) * blockBytes;
        Count = budgetBytes / PieceBytes;
        free = new SemaphoreSlim(Count);
    }

    /// <summary>Length of a full piece.</summary>
    public int PieceBytes { get; }

    /// <summary>How many may be out at once, 1 or more.</summary>
    public int Count { get; }

    /// <summary>Takes a buffer of at least <see cref="PieceBytes"/>, waiting for one to come back when all are out.</summary>
    public async ValueTask<byte[]> TakeAsync(CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        return Arrays.Rent(PieceBytes);
    }

    /// <summary>Gives a buffer back, once, when nothing uses it any more.</summary>
    public void Return(byte[] buffer)
    {
        Arrays.Return(buffer);
        free.Release();
    }

    /// <inheritdoc/>
    public void Dispose() => free.Dispose();
}

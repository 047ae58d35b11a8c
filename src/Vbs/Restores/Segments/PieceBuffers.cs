using Vbs.Restores.Planning;

namespace Vbs.Restores.Segments;

/// <summary>The buffers of one run, of one piece each, out of the memory of all.</summary>
internal sealed class PieceBuffers
{
    private readonly PieceMemory memory;

    /// <summary>Decides the length of a piece: whole blocks, as many as one write takes, at least one.</summary>
    /// <exception cref="RestoreFaultException">A block is longer than the memory, or not of whole 512-byte pages.</exception>
    public PieceBuffers(int blockBytes, PieceMemory memory)
    {
        if (blockBytes < 512 || blockBytes % 512 != 0 || blockBytes > memory.BudgetBytes)
        {
            throw new RestoreFaultException(RestoreFault.Data(
                $"The backup's digest blocks of {blockBytes} bytes are not multiples of 512 of at most {memory.BudgetBytes} bytes."));
        }

        this.memory = memory;
        PieceBytes = Math.Max(1, PieceMemory.SlotBytes / blockBytes) * blockBytes;
        Count = memory.CountOf(PieceBytes);
    }

    /// <summary>Length of a full piece.</summary>
    public int PieceBytes { get; }

    /// <summary>How many may be out at once, 1 or more.</summary>
    public int Count { get; }

    /// <summary>Takes a buffer of at least <see cref="PieceBytes"/>, waiting for one to come back when all are out.</summary>
    public ValueTask<byte[]> TakeAsync(CancellationToken cancellationToken) => memory.TakeAsync(PieceBytes, cancellationToken);

    /// <inheritdoc cref="PieceMemory.EnterDecoderAsync"/>
    public ValueTask<IDisposable?> EnterDecoderAsync(Compression compression, CancellationToken cancellationToken) =>
        memory.EnterDecoderAsync(compression, cancellationToken);

    /// <summary>Gives a buffer back, once, when nothing uses it any more.</summary>
    public void Return(byte[] buffer) => memory.Return(buffer, PieceBytes);
}

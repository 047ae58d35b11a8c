using System.Buffers;
using System.Globalization;
using System.Text;
using Azure.Storage.Blobs.Specialized;

namespace Vbs.Backups;

/// <summary>Writes a blob of any length through one buffer. Nothing of it is seen before <see cref="CommitAsync"/>, which
/// replaces whatever was there: a repeat that writes the same is harmless.</summary>
/// <remarks>Block ids are numbers of one width, so that a repeat overwrites the blocks an earlier life left uncommitted.
/// 50,000 blocks (Azure's limit) are 200 GB.</remarks>
internal sealed class StagedBlob(BlockBlobClient blob) : IBufferWriter<byte>
{
    /// <summary>Length of a block, about: it is staged when the buffer holds as much or more.</summary>
    public const int BlockBytes = 4 * 1024 * 1024;

    // It grows as it must: most plans and indexes are a few KiB, and two whole blocks for each would be more than their restore takes.
    private readonly ArrayBufferWriter<byte> buffer = new();
    private readonly List<string> blocks = [];

    /// <summary>Bytes written so far.</summary>
    public long Length { get; private set; }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        buffer.Advance(count);
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => buffer.GetMemory(sizeHint);

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => buffer.GetSpan(sizeHint);

    /// <summary>Sends what is in the buffer when it is a block's worth.</summary>
    public async ValueTask StageFullAsync(CancellationToken cancellationToken)
    {
        if (buffer.WrittenCount >= BlockBytes)
        {
            await StageAsync(cancellationToken);
        }
    }

    /// <summary>Sends the rest and makes the blob.</summary>
    /// <param name="head">Bytes that come before all others, up to 4,000 MiB (Azure's bound for a block); may be empty.</param>
    /// <param name="cancellationToken">Stops it; the blob is then as it was.</param>
    public async Task CommitAsync(byte[] head, CancellationToken cancellationToken)
    {
        if (buffer.WrittenCount > 0)
        {
            await StageAsync(cancellationToken);
        }

        var order = blocks;
        if (head.Length > 0)
        {
            using var content = new MemoryStream(head);
            var id = NextId();
            await blob.StageBlockAsync(id, content, cancellationToken: cancellationToken);
            order = [id, .. blocks];
        }

        await blob.CommitBlockListAsync(order, cancellationToken: cancellationToken);
    }

    private async Task StageAsync(CancellationToken cancellationToken)
    {
        var id = NextId();
        await blob.StageBlockAsync(id, BinaryData.FromBytes(buffer.WrittenMemory).ToStream(), cancellationToken: cancellationToken);
        blocks.Add(id);
        buffer.ResetWrittenCount();
    }

    private string NextId() =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(blocks.Count.ToString("D6", CultureInfo.InvariantCulture)));
}

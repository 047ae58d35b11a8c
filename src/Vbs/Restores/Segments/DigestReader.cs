using System.Security.Cryptography;
using Vbs.Restores.Planning;

namespace Vbs.Restores.Segments;

/// <summary>The digest index as one object's pieces need it, in order: read in long runs, kept in short slices. Not for several threads at once.</summary>
internal sealed class DigestReader(ReadDigests read, RestorePlan plan, SegmentObject part)
{
    /// <summary>1 MiB of digests, which prove 1 GiB at Cinder's default block of 32 KiB: one request for most objects.</summary>
    private const int RunBlocks = 32 * 1024;

    private readonly long endBlock = BlocksIn(part.Live[^1].EndBytes, plan.BlockBytes);
    private long firstBlock;
    private ReadOnlyMemory<byte> run;

    /// <summary>The digests of a piece's blocks.</summary>
    /// <exception cref="RestoreFaultException">The index does not speak of all of them.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> OfAsync(ByteRange piece, CancellationToken cancellationToken)
    {
        if (piece.OffsetBytes % plan.BlockBytes != 0
            || piece.EndBytes > plan.ContentBytes
            || (piece.EndBytes % plan.BlockBytes != 0 && piece.EndBytes != plan.ContentBytes))
        {
            throw new RestoreFaultException(RestoreFault.Data(
                $"The plan cuts a block: {piece.LengthBytes} bytes at byte {piece.OffsetBytes}, in object {part.Chunk.BlobName}."));
        }

        var first = piece.OffsetBytes / plan.BlockBytes;
        var blocks = (int)(BlocksIn(piece.EndBytes, plan.BlockBytes) - first);
        if ((first + blocks - firstBlock) * SHA256.HashSizeInBytes > run.Length)
        {
            await ReadRunAsync(first, (int)Math.Min(Math.Max(RunBlocks, blocks), endBlock - first), cancellationToken);
        }

        return run.Slice((int)(first - firstBlock) * SHA256.HashSizeInBytes, blocks * SHA256.HashSizeInBytes);
    }

    private static long BlocksIn(long bytes, int blockBytes) => (bytes + blockBytes - 1) / blockBytes;

    private async Task ReadRunAsync(long first, int blocks, CancellationToken cancellationToken)
    {
        run = await read(first, blocks, cancellationToken);
        firstBlock = first;
        if (run.Length != blocks * SHA256.HashSizeInBytes)
        {
            throw new RestoreFaultException(RestoreFault.Data(
                $"The digest index ends before block {first + blocks}, which object {part.Chunk.BlobName} needs."));
        }
    }
}

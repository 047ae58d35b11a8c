using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Vbs.Restores.Planning;

namespace Vbs.Restores.Segments;

/// <summary>The digests of one piece's blocks.</summary>
internal delegate ValueTask<ReadOnlyMemory<byte>> PieceDigests(ByteRange piece, CancellationToken cancellationToken);

/// <summary>Which pieces of an object to read, and the SHA-256 of each of their blocks.</summary>
internal sealed record ChunkProof(IEnumerable<ByteRange> Pieces, int BlockBytes, PieceDigests Digests);

/// <summary>Finds what proves an object's bytes: the digest index, or where that does not cover them, the object's MD5.</summary>
internal sealed class ChunkProver(PieceReader reader, ReadDigests digests, RestorePlan plan, int pieceBytes)
{
    /// <summary>Says how to prove an object. By MD5 this reads the object once, from end to end.</summary>
    /// <exception cref="RestoreFaultException">The MD5 is another, or the object of another length.</exception>
    public async ValueTask<ChunkProof> ProveAsync(SegmentObject part, CancellationToken cancellationToken) =>
        part.ByDigest
            ? new ChunkProof(Piece.Cut(part.Live, pieceBytes), plan.BlockBytes, new DigestReader(digests, plan, part).OfAsync)
            : await ProveByMd5Async(part, cancellationToken);

    /// <summary>An MD5 speaks of an object's last byte before its first may be written, and an object need not fit into
    /// memory: so it is read twice. The first pass keeps the SHA-256 of every piece, the second writes only what has it.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "The object's only proof is Cinder's own MD5.")]
    private async Task<ChunkProof> ProveByMd5Async(SegmentObject part, CancellationToken cancellationToken)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var seen = new SortedList<long, ReadOnlyMemory<byte>>();
        var whole = new ChunkProof(Piece.Cut([part.Chunk.Range], pieceBytes), pieceBytes, (_, _) => default);
        await foreach (var piece in reader.ReadAsync(part.Chunk, whole, cancellationToken))
        {
            using (piece)
            {
                md5.AppendData(piece.Bytes.Span);
                if (part.Live.Any(live => live.OffsetBytes < piece.Range.EndBytes && piece.Range.OffsetBytes < live.EndBytes))
                {
                    seen.Add(piece.Range.OffsetBytes, SHA256.HashData(piece.Bytes.Span));
                }
            }
        }

        if (!Convert.ToHexStringLower(md5.GetHashAndReset()).Equals(part.Chunk.Md5, StringComparison.OrdinalIgnoreCase))
        {
            throw new RestoreFaultException(RestoreFault.Data($"The MD5 of object {part.Chunk.BlobName} is not the backup's."));
        }

        var wanted = Piece.Cut([part.Chunk.Range], pieceBytes).Where(piece => seen.ContainsKey(piece.OffsetBytes));
        return new ChunkProof(wanted, pieceBytes, (piece, _) => new ValueTask<ReadOnlyMemory<byte>>(seen[piece.OffsetBytes]));
    }
}

namespace Vbs.Restores.Planning;

/// <summary>A chunk object with the part of it that the restored volume needs.</summary>
/// <param name="Chunk">The object to fetch.</param>
/// <param name="Live">The ranges no newer backup of the chain covers, ascending, disjoint, inside the object, 512-byte aligned.</param>
/// <param name="ByDigest">True when the digest index covers every live range block by block; false when only the object's MD5 can prove them.</param>
public sealed record SegmentObject(ChunkObject Chunk, IReadOnlyList<ByteRange> Live, bool ByDigest)
{
    /// <summary>Bytes it will write.</summary>
    public long LiveBytes => Live.Sum(range => range.LengthBytes);
}

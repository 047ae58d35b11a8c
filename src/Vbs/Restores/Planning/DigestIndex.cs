namespace Vbs.Restores.Planning;

/// <summary>What the newest backup's SHA-256 digests speak of: block i is the bytes from i × <paramref name="BlockBytes"/>.</summary>
/// <param name="BlockBytes">Length of a block; the last may be shorter.</param>
/// <param name="ContentBytes">Where the last block ends.</param>
internal readonly record struct DigestIndex(int BlockBytes, long ContentBytes)
{
    /// <summary>The index that <paramref name="blocks"/> digests make over a chain that holds <paramref name="contentBytes"/> bytes.</summary>
    /// <remarks>Fewer digests than the content has blocks: the newest backup was made of a smaller volume. Where its last
    /// block ended is then not known, and that block is left to the objects' MD5.</remarks>
    /// <returns>Null when there are more digests than the content has blocks: bytes that were backed up are in no object.</returns>
    public static DigestIndex? Of(int blockBytes, long blocks, long contentBytes)
    {
        var whole = (contentBytes + blockBytes - 1) / blockBytes;
        return blocks > whole ? null
            : blocks == whole ? new DigestIndex(blockBytes, contentBytes)
            : new DigestIndex(blockBytes, Math.Max(0, blocks - 1) * blockBytes);
    }

    /// <summary>Whether the range is made of whole blocks of this index.</summary>
    public bool Covers(ByteRange range) =>
        range.OffsetBytes % BlockBytes == 0
        && range.EndBytes <= ContentBytes
        && (range.EndBytes % BlockBytes == 0 || range.EndBytes == ContentBytes);
}

using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace EndToEnd.Harness;

/// <summary>A disk's first bytes as Cinder stores them (cinder/backup/chunkeddriver.py): objects and digests, worked out once for all backups of it.</summary>
public sealed class SyntheticContent
{
    private readonly List<StoredObject> objects = [];
    private readonly List<string> digests = [];

    /// <summary>Stores content.</summary>
    /// <param name="bytes">The content.</param>
    /// <param name="objectBytes">Length of an object, uncompressed.</param>
    /// <param name="isCompressed">With zlib; as it is otherwise.</param>
    /// <param name="blockBytes">Length of a SHA-256 block.</param>
    public SyntheticContent(ReadOnlyMemory<byte> bytes, int objectBytes, bool isCompressed, int blockBytes = SyntheticBackup.BlockBytes)
    {
        (Bytes, BlockBytes) = (bytes, blockBytes);
        for (var offset = 0; offset < bytes.Length; offset += objectBytes)
        {
            var part = bytes.Slice(offset, Math.Min(objectBytes, bytes.Length - offset));
            objects.Add(new StoredObject(isCompressed ? Compress(part.Span) : part, Describe(offset, part.Span, isCompressed)));
        }

        for (var offset = 0; offset < bytes.Length; offset += blockBytes)
        {
            digests.Add(Convert.ToHexStringLower(SHA256.HashData(bytes.Span.Slice(offset, Math.Min(blockBytes, bytes.Length - offset)))));
        }
    }

    /// <summary>The content.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Length of a SHA-256 block.</summary>
    public int BlockBytes { get; }

    /// <summary>Its objects, by offset: what is stored, and what the metadata says of it.</summary>
    public IReadOnlyList<StoredObject> Objects => objects;

    /// <summary>The SHA-256 of each block, lower-case hex.</summary>
    public IReadOnlyList<string> Digests => digests;

    /// <summary>Content that does not compress, with a quarter of zeros in runs; the same for the same seed.</summary>
    public static byte[] Random(int lengthBytes, int seed)
    {
        var content = new byte[lengthBytes];
        new Random(seed).NextBytes(content);
        for (var offset = 3 * 1024 * 1024; offset < lengthBytes; offset += 4 * 1024 * 1024)
        {
            content.AsSpan(offset, Math.Min(1024 * 1024, lengthBytes - offset)).Clear();
        }

        return content;
    }

    [SuppressMessage("Security", "CA5351", Justification = "The format has an MD5 for each object.")]
    private static JsonObject Describe(int offset, ReadOnlySpan<byte> bytes, bool isCompressed) => new()
    {
        ["compression"] = isCompressed ? "zlib" : "none",
        ["length"] = bytes.Length,
        ["md5"] = Convert.ToHexStringLower(MD5.HashData(bytes)),
        ["offset"] = offset,
    };

    private static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        using var stored = new MemoryStream();
        using (var zlib = new ZLibStream(stored, CompressionLevel.Fastest))
        {
            zlib.Write(bytes);
        }

        return stored.ToArray();
    }
}

using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Vbs.Backups;
using Vbs.Restores;

namespace Vbs.Benchmarks.Serving;

/// <summary>A disk's bytes as Cinder stores them (cinder/backup/chunkeddriver.py), worked out once for all backups of it.</summary>
internal sealed class StoredContent
{
    private const int BlockBytes = 32 * 1024;

    private readonly List<(BinaryData Stored, int Offset, int Length, string Md5)> objects = [];
    private readonly List<string> digests = [];

    /// <summary>Stores content in objects of a length, with zlib or as they are.</summary>
    public StoredContent(ReadOnlyMemory<byte> bytes, int objectBytes, bool isCompressed)
    {
        (Bytes, IsCompressed) = (bytes, isCompressed);
        for (var offset = 0; offset < bytes.Length; offset += objectBytes)
        {
            var part = bytes.Slice(offset, Math.Min(objectBytes, bytes.Length - offset));
            objects.Add((new BinaryData(isCompressed ? Compress(part.Span) : part), offset, part.Length, Md5Of(part.Span)));
        }

        for (var offset = 0; offset < bytes.Length; offset += BlockBytes)
        {
            digests.Add(Convert.ToHexStringLower(SHA256.HashData(bytes.Span.Slice(offset, Math.Min(BlockBytes, bytes.Length - offset)))));
        }
    }

    /// <summary>The content.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Whether its objects are compressed.</summary>
    public bool IsCompressed { get; }

    /// <summary>How many objects it has.</summary>
    public int ObjectCount => objects.Count;

    /// <summary>What is stored of it.</summary>
    public long StoredBytes => objects.Sum(item => item.Stored.ToMemory().Length);

    /// <summary>The blobs of its objects in a backup.</summary>
    public IEnumerable<string> Names(Backup backup) => objects.Select((_, i) => ObjectNames.Chunk(backup, i + 1));

    /// <summary>The smallest disk worth a restore: two blocks in one object.</summary>
    public static StoredContent Small()
    {
        var bytes = new byte[2 * BlockBytes];
        new Random(1).NextBytes(bytes);
        return new StoredContent(bytes, bytes.Length, isCompressed: true);
    }

    /// <summary>Writes all objects of one backup of it.</summary>
    public async Task UploadAsync(BlobContainerClient container, Backup backup)
    {
        var list = new JsonArray();
        for (var i = 0; i < objects.Count; i++)
        {
            var (stored, offset, length, md5) = objects[i];
            await container.GetBlobClient(ObjectNames.Chunk(backup, i + 1)).UploadAsync(stored, overwrite: true);
            list.Add(new JsonObject
            {
                [ObjectNames.Chunk(backup, i + 1)[(backup.Container.Length + 1)..]] = new JsonObject
                {
                    ["compression"] = IsCompressed ? "zlib" : "none",
                    ["length"] = length,
                    ["md5"] = md5,
                    ["offset"] = offset,
                },
            });
        }

        var blocks = new JsonArray([.. digests]);
        await UploadAsync(container, ObjectNames.Sha256File(backup), Document(backup, "chunk_size", BlockBytes, "sha256s", blocks));
        await UploadAsync(container, ObjectNames.Metadata(backup), Document(backup, "parent_id", null, "objects", list));
    }

    private static async Task UploadAsync(BlobContainerClient container, string name, JsonObject json) =>
        await container.GetBlobClient(name).UploadAsync(BinaryData.FromString(json.ToJsonString()), overwrite: true);

    private static JsonObject Document(Backup backup, string key, JsonNode? value, string list, JsonArray entries) => new()
    {
        ["backup_id"] = backup.Id.ToString(),
        ["version"] = "1.0.0",
        ["volume_id"] = backup.VolumeId.ToString(),
        [key] = value,
        [list] = entries,
    };

    [SuppressMessage("Security", "CA5351", Justification = "The format has an MD5 for each object.")]
    private static string Md5Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));

    // Level 6, Cinder's (zlib.compress without a level).
    private static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        using var stored = new MemoryStream();
        using (var zlib = new ZLibStream(stored, CompressionLevel.Optimal))
        {
            zlib.Write(bytes);
        }

        return stored.ToArray();
    }
}

using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using ICSharpCode.SharpZipLib.BZip2;
using Vbs.Backups;
using Vbs.Restores;
using ZstdSharp;

namespace Vbs.Tests.Backups;

/// <summary>Builds a backup in Cinder's format, right or deliberately wrong.</summary>
internal sealed class ABackup
{
    private static int ids;
    private readonly JsonArray objects = [];
    private readonly List<(string Name, byte[] Stored)> blobs = [];

    private ABackup(Backup record) => Record = record;

    public Backup Record { get; private set; }

    public JsonObject Metadata { get; private set; } = [];

    public JsonObject Sha256File { get; private set; } = [];

    public static ABackup Of(ABackup? parent = null)
    {
        var id = new BackupId(new Guid(Interlocked.Increment(ref ids), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        var backup = new ABackup(new Backup
        {
            ProjectId = ProjectId.Parse("5751d8c3f2f6415993ee4326b41630ec"),
            Id = id,
            VolumeId = VolumeId.Parse("fc3e4183-4f27-452d-af17-92a8af523439"),
            ParentId = parent?.Record.Id,
            Status = BackupStatus.Available,
            SizeGiB = 1,
            Container = "some/where",
            ObjectPrefix = $"volume_backup_{id}",
            CreatedAt = DateTimeOffset.UnixEpoch,
        });
        backup.Metadata = new JsonObject
        {
            ["backup_id"] = id.ToString(),
            ["objects"] = backup.objects,
            ["parent_id"] = backup.Record.ParentId?.ToString(),
            ["version"] = "1.0.0",
        };
        return backup.WithDigests(new byte[512]);
    }

    /// <summary>Adds an object of these bytes.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "Cinder's format has an MD5.")]
    public ABackup With(long offset, byte[] bytes, string compression = "none")
    {
        var name = $"{Record.ObjectPrefix}-{objects.Count + 1:d5}";
        objects.Add(new JsonObject
        {
            [name] = new JsonObject
            {
                ["compression"] = compression,
                ["length"] = bytes.Length,
                ["md5"] = Convert.ToHexStringLower(MD5.HashData(bytes)),
                ["offset"] = offset,
            },
        });
        blobs.Add((name, Compress(bytes, compression)));
        return this;
    }

    /// <summary>Makes the sha256 file that of a disk with this content.</summary>
    public ABackup WithDigests(byte[] content, int blockBytes = 512)
    {
        var digests = content.Chunk(blockBytes).Select(block => (JsonNode)Convert.ToHexStringLower(SHA256.HashData(block)));
        Sha256File = new JsonObject
        {
            ["backup_id"] = Record.Id.ToString(),
            ["chunk_size"] = blockBytes,
            ["sha256s"] = new JsonArray([.. digests]),
            ["version"] = "1.0.0",
        };
        return this;
    }

    public ABackup But(Func<Backup, Backup> change)
    {
        Record = change(Record);
        return this;
    }

    /// <summary>The fields of the n-th object in the metadata, from 1.</summary>
    public JsonObject Fields(int number) => objects[number - 1]!.AsObject().Single().Value!.AsObject();

    public async Task UploadAsync(BlobContainerClient container)
    {
        await Parallel.ForEachAsync(blobs, async (blob, cancellationToken) =>
            await container.GetBlobClient($"{Record.Container}/{blob.Name}").UploadAsync(new BinaryData(blob.Stored), overwrite: true, cancellationToken));
        await container.GetBlobClient(ObjectNames.Metadata(Record)).UploadAsync(new BinaryData(Metadata.ToJsonString()), overwrite: true);
        await container.GetBlobClient(ObjectNames.Sha256File(Record)).UploadAsync(new BinaryData(Sha256File.ToJsonString()), overwrite: true);
    }

    public static byte[] Compress(byte[] bytes, string compression)
    {
        var stored = new MemoryStream();
        switch (compression)
        {
            case "zlib" or "gzip":
                using (var zlib = new ZLibStream(stored, CompressionLevel.Optimal))
                {
                    zlib.Write(bytes);
                }

                return stored.ToArray();
            case "bz2" or "bzip2":
                using (var bz2 = new BZip2OutputStream(stored))
                {
                    bz2.Write(bytes);
                }

                return stored.ToArray();
            case "zstd":
                using (var zstd = new Compressor(3))
                {
                    return zstd.Wrap(bytes).ToArray();
                }

            default:
                return bytes;
        }
    }

    /// <summary>Bytes that compress, but not to nothing; the same for the same seed.</summary>
    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        for (var i = 0; i < length; i++)
        {
            bytes[i] &= 0x1f;
        }

        return bytes;
    }

    public static Stream Stream(JsonNode json) => new MemoryStream(Encoding.UTF8.GetBytes(json.ToJsonString()));
}

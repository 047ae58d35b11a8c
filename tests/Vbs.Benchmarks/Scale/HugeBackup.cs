using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Vbs.Backups;
using Vbs.Restores;

namespace Vbs.Benchmarks.Scale;

/// <summary>A backup that is too large to keep: its documents, as Cinder writes them, are made while they are read.</summary>
/// <param name="Id">Its number; a chain counts up from the full backup, 1.</param>
/// <param name="DiskBytes">Length of the disk it was made of.</param>
/// <param name="Every">It holds every so many-th run of 50 MiB: 1 is a full backup.</param>
internal sealed record HugeBackup(int Id, long DiskBytes, int Every)
{
    /// <summary>Cinder's length of an object (<c>backup_swift_object_size</c>).</summary>
    public const int ObjectBytes = 52_428_800;

    private const int BlockBytes = 32 * 1024;
    private const int LinesAtOnce = 4_096;

    /// <summary>How many objects it has.</summary>
    public int Objects => (int)(((DiskBytes - 1) / ObjectBytes / Every) + 1);

    /// <summary>How many SHA-256 digests its disk has.</summary>
    public long Blocks => (DiskBytes + BlockBytes - 1) / BlockBytes;

    /// <summary>Its record.</summary>
    public Backup Record => new()
    {
        ProjectId = ProjectId.Parse("5ca1e", CultureInfo.InvariantCulture),
        Id = NumberedId(Id),
        ParentId = Id == 1 ? null : NumberedId(Id - 1),
        VolumeId = new VolumeId(Guid.Empty),
        Status = BackupStatus.Restoring,
        SizeGiB = (int)(DiskBytes >> 30),
        Container = "volumebackups",
        ObjectPrefix = $"volume_{Guid.Empty:D}/20261101010000/az_nova_backup_{NumberedId(Id)}",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    /// <summary>The metadata: <c>json.dumps(…, sort_keys=True, indent=2)</c>, cinder/backup/chunkeddriver.py.</summary>
    public async Task WriteMetadataAsync(Stream to)
    {
        await WriteAsync(to, $"{{\n  \"backup_id\": \"{Record.Id}\",\n  \"created_at\": \"2026-11-01T01:00:00Z\",\n  \"objects\": [\n");
        var (record, lines) = (Record, new StringBuilder());
        for (var i = 0; i < Objects; i++)
        {
            AppendObject(lines, ObjectNames.Chunk(record, i + 1)[(record.Container.Length + 1)..], i);
            lines.Append(i + 1 < Objects ? ",\n" : "\n");
            if (i % 1_000 == 999 || i + 1 == Objects)
            {
                await WriteAsync(to, lines.ToString());
                lines.Clear();
            }
        }

        var parent = record.ParentId is { } id ? $"\"{id}\"" : "null";
        await WriteAsync(to, $"  ],\n  \"parent_id\": {parent},\n  \"version\": \"1.0.0\",\n  \"volume_id\": \"{record.VolumeId}\"\n}}");
    }

    /// <summary>The sha256 file; its digests repeat.</summary>
    public async Task WriteDigestsAsync(Stream to)
    {
        await WriteAsync(to, $"{{\n  \"backup_id\": \"{Record.Id}\",\n  \"chunk_size\": {BlockBytes},\n  \"created_at\": \"2026-11-01T01:00:00Z\",\n  \"sha256s\": [\n");
        var lines = new StringBuilder();
        for (var i = 0; i < LinesAtOnce; i++)
        {
            lines.Append(CultureInfo.InvariantCulture, $"    \"{Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(i)))}\",\n");
        }

        var many = Encoding.ASCII.GetBytes(lines.ToString());
        var left = Blocks;
        for (; left > LinesAtOnce; left -= LinesAtOnce)
        {
            await to.WriteAsync(many);
        }

        // The last has no comma.
        await to.WriteAsync(many.AsMemory(0, ((int)left * (many.Length / LinesAtOnce)) - 2));
        await WriteAsync(to, $"\n  ],\n  \"version\": \"1.0.0\",\n  \"volume_id\": \"{Record.VolumeId}\"\n}}");
    }

    private static BackupId NumberedId(int number) => new(new Guid(number, 0, 0, new byte[8]));

    private static async Task WriteAsync(Stream to, string text) => await to.WriteAsync(Encoding.ASCII.GetBytes(text));

    private void AppendObject(StringBuilder lines, string name, int index)
    {
        var offset = (long)index * Every * ObjectBytes;
        lines.Append(CultureInfo.InvariantCulture, $"    {{\n      \"{name}\": {{\n        \"compression\": \"zlib\",\n");
        lines.Append(CultureInfo.InvariantCulture, $"        \"length\": {Math.Min(ObjectBytes, DiskBytes - offset)},\n        \"md5\": \"{index:x32}\",\n");
        lines.Append(CultureInfo.InvariantCulture, $"        \"offset\": {offset}\n      }}\n    }}");
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace EndToEnd.Harness;

/// <summary>A full backup in Cinder's format, of content that the test chooses.</summary>
public sealed record SyntheticBackup(SyntheticContent Content)
{
    /// <summary>Cinder's length of a SHA-256 block.</summary>
    public const int BlockBytes = 32 * 1024;

    /// <summary>Cinder's container, one for all as with Swift.</summary>
    public const string Container = "volumebackups";

    private const string At = "2026-11-01T01:00:00Z";

    /// <summary>Its id.</summary>
    public Guid Id { get; } = FreshId();

    /// <summary>The disk it says it was made of.</summary>
    public Guid VolumeId { get; } = FreshId();

    /// <summary>Start of the names of its objects.</summary>
    public string Prefix => $"volume_{VolumeId:D}/20261101010000/az_nova_backup_{Id:D}";

    /// <summary>SHA-256 of the content, lower-case hex.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content.Bytes.Span));

    /// <summary>Writes a folder that the tool imports.</summary>
    public static async Task WriteAsync(string folder, IReadOnlyList<SyntheticBackup> backups, CancellationToken cancellationToken)
    {
        foreach (var backup in backups)
        {
            await backup.WriteObjectsAsync(Path.Combine(folder, "objects", Container), cancellationToken);
        }

        await WriteJsonAsync(Path.Combine(folder, "records.json"), new JsonArray([.. backups.Select(backup => backup.Record())]), cancellationToken);
    }

    private async Task WriteObjectsAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, Prefix);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var objects = new JsonArray();
        foreach (var (index, stored) in Content.Objects.Index())
        {
            await File.WriteAllBytesAsync($"{path}-{index + 1:d5}", stored.Bytes, cancellationToken);
            objects.Add(new JsonObject { [$"{Prefix}-{index + 1:d5}"] = stored.Entry.DeepClone() });
        }

        var digests = new JsonArray([.. Content.Digests]);
        await WriteJsonAsync($"{path}_sha256file", Describe("chunk_size", Content.BlockBytes, "sha256s", digests), cancellationToken);
        await WriteJsonAsync($"{path}_metadata", Describe("parent_id", null, "objects", objects), cancellationToken);
    }

    private JsonObject Describe(string key, JsonNode? value, string list, JsonArray entries) => new()
    {
        ["backup_id"] = Id.ToString("D"),
        ["created_at"] = At,
        ["version"] = "1.0.0",
        ["volume_id"] = VolumeId.ToString("D"),
        [key] = value,
        [list] = entries,
    };

    private JsonObject Record() => new()
    {
        ["id"] = Id.ToString("D"),
        ["user_id"] = "e2e",
        ["project_id"] = "e2e",
        ["volume_id"] = VolumeId.ToString("D"),
        ["parent_id"] = null,
        ["container"] = Container,
        ["size"] = 1,
        ["status"] = "available",
        ["service"] = "cinder.backup.drivers.swift.SwiftBackupDriver",
        ["service_metadata"] = Prefix,
        ["object_count"] = Content.Objects.Count,
        ["num_dependent_backups"] = 0,
        ["created_at"] = At,
        ["data_timestamp"] = At,
    };

    private static Task WriteJsonAsync(string path, JsonNode json, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(path, json.ToJsonString(), cancellationToken);

    [SuppressMessage("ApiDesign", "RS0030", Justification = "Ids must be new to a service that keeps what earlier runs made.")]
    private static Guid FreshId() => Guid.NewGuid();
}

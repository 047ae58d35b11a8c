using System.Text.Json;
using System.Text.Json.Serialization;
using Vbs.Restores;

namespace VbsTool.Import;

/// <summary>What an import needs of a backup's metadata object (cinder/backup/chunkeddriver.py, <c>_write_metadata</c>). Other keys are ignored.</summary>
internal sealed record FolderMetadata
{
    [JsonPropertyName("version")]
    public required string Version { get; init; }

    [JsonPropertyName("backup_id")]
    public required BackupId BackupId { get; init; }

    [JsonPropertyName("volume_id")]
    public required VolumeId VolumeId { get; init; }

    [JsonPropertyName("parent_id")]
    public BackupId? ParentId { get; init; }

    /// <summary>Each holds one object's properties under its name.</summary>
    [JsonPropertyName("objects")]
    public required IReadOnlyList<Dictionary<string, JsonElement>> Objects { get; init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ToolException">It is not the metadata of a backup.</exception>
    public static async Task<FolderMetadata> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return await JsonSerializer.DeserializeAsync<FolderMetadata>(stream, cancellationToken: cancellationToken)
                ?? throw new JsonException("It is null.");
        }
        catch (JsonException mistake)
        {
            throw new ToolException($"'{path}' is not the metadata of a backup: {mistake.Message}");
        }
    }

    /// <summary>The names of the chunk objects.</summary>
    /// <exception cref="ToolException">The metadata is of another backup than the record, or the two disagree.</exception>
    public IEnumerable<string> ObjectNamesOf(Backup record)
    {
        if (BackupId != record.Id || VolumeId != record.VolumeId || ParentId != record.ParentId)
        {
            throw new ToolException($"The metadata of backup {record.Id} is that of backup {BackupId}, or its volume or parent is another.");
        }

        var names = Objects.SelectMany(entry => entry.Keys).ToArray();
        return names.Length == record.ObjectCount
            ? names
            : throw new ToolException($"Backup {record.Id} has {record.ObjectCount} objects in its record and {names.Length} in its metadata.");
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Vbs.Restores;

namespace VbsTool.Demo;

/// <summary>What a disk holds after a restore: an entry of the demo's <c>expected.json</c>.</summary>
/// <param name="BackupId">The restored backup.</param>
/// <param name="ContentBytes">Length of the backed-up content, from the disk's first byte.</param>
/// <param name="Sha256">SHA-256 of those bytes, lower-case hex.</param>
internal sealed record ExpectedRestore(
    [property: JsonPropertyName("backup_id")] BackupId BackupId,
    [property: JsonPropertyName("content_bytes")] long ContentBytes,
    [property: JsonPropertyName("sha256")] string Sha256)
{
    /// <summary>Reads a folder's entries, oldest backup first.</summary>
    public static async Task<IReadOnlyList<ExpectedRestore>> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(Path.Combine(folder, "expected.json"));
        var file = await JsonSerializer.DeserializeAsync<ExpectedFile>(stream, cancellationToken: cancellationToken);
        return file!.Restores;
    }

    private sealed record ExpectedFile([property: JsonPropertyName("restores")] IReadOnlyList<ExpectedRestore> Restores);
}

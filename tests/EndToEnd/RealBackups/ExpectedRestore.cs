using System.Text.Json.Nodes;
using EndToEnd.Harness;

namespace EndToEnd.RealBackups;

/// <summary>What a disk holds after the restore of a real backup: an entry of a folder's <c>expected.json</c>.</summary>
internal sealed record ExpectedRestore(Guid BackupId, long ContentBytes, string Sha256)
{
    /// <summary>The entries of a folder, oldest backup first.</summary>
    public static IReadOnlyList<ExpectedRestore> Of(string folder)
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(Installation.RealBackups, folder, "expected.json")))!;
        return [.. file["restores"]!.AsArray().Select(entry => new ExpectedRestore(
            Guid.Parse((string)entry!["backup_id"]!), (long)entry["content_bytes"]!, (string)entry["sha256"]!))];
    }
}

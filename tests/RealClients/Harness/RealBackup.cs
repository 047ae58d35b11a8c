using System.Text.Json.Nodes;

namespace RealClients.Harness;

/// <summary>A backup that a real Cinder made: its record, and what a disk holds after its restore.</summary>
internal sealed record RealBackup(string Id, string Name, long ContentBytes, string Sha256)
{
    /// <summary>A chain of three.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "cinder-backups", "zlib");

    /// <summary>The chain, oldest first.</summary>
    public static IReadOnlyList<RealBackup> All { get; } = Read();

    private static List<RealBackup> Read()
    {
        var names = Parse("records.json").AsArray().ToDictionary(record => (string)record!["id"]!, record => (string)record!["display_name"]!);
        return [.. Parse("expected.json")["restores"]!.AsArray().Select(entry => new RealBackup(
            (string)entry!["backup_id"]!, names[(string)entry["backup_id"]!], (long)entry["content_bytes"]!, (string)entry["sha256"]!))];
    }

    private static JsonNode Parse(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!;
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace VbsFunctions.Tests.Hostile;

/// <summary>Bodies of the import call whose records are nearly good: a path that leads elsewhere, a field that is no such field, a code that is none.</summary>
internal static class HostileRecords
{
    /// <summary>A backup that is in no project yet; a test puts its objects there.</summary>
    public const string Id = "8c2a7e0a-6f0f-4d5c-9d38-3f7f2f2f0b09";

    /// <summary>Where its objects are.</summary>
    public const string Stem = $"hostile/az_nova_backup_{Id}";

    private const string Row = $$"""
        {"id":"{{Id}}","volume_id":"aaaaaaaa-0000-4000-8000-000000000003","parent_id":null,"size":1,"status":"available","container":"hostile","service":"s",
        "service_metadata":"az_nova_backup_{{Id}}","object_count":1,"num_dependent_backups":0,"display_name":"n","created_at":"2026-11-01T01:00:00Z"}
        """;

    private static readonly string[] Drivers =
    [
        "cinder.backup.drivers.swift.SwiftBackupDriver", "cinder.backup.drivers.posix", "cinder.backup.drivers.ceph.CephBackupDriver", "cinder.backup.drivers", "", "swift",
    ];

    private static readonly string[] Containers =
    [
        "..", ".", "", "/", "/etc", "a/..", "a/../../volumes", "a//b", "a/", "a?b", "a#b", "a%2f..%2fb", "%2e%2e", "a\\b", "..\\volumes", "a\nb", "a\0b", "é", "hostile/.", "...", " ", new('a', 1000),
    ];

    private static readonly string[] Fields = [.. JsonNode.Parse(Row)!.AsObject().Select(field => field.Key)];

    /// <summary>A record that can be imported once, encoded.</summary>
    public static string Good { get; } = Convert.ToBase64String(Encoding.UTF8.GetBytes(Row));

    /// <summary>A body of any of these kinds.</summary>
    public static Gen<string> Any { get; } =
        from record in Gen.Frequency((1, Gen.Constant(Row)), (4, Exchanged()), (4, Elsewhere()), (1, HostileText.Any), (1, HostileBodies.Value(2)))
        from driver in Gen.Frequency((9, Gen.Constant(Drivers[0])), (1, Gen.Elements(Drivers)))
        from form in Gen.Choose(0, 9)
        let encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(record))
        let url = form switch { 0 => encoded.TrimEnd('='), 1 => encoded + "!", 2 => record, _ => encoded }
        select $$$"""{"backup-record":{"backup_service":{{{Text(driver)}}},"backup_url":{{{Text(url)}}}}}""";

    private static Gen<string> Exchanged() =>
        from field in Gen.Elements(Fields)
        from value in HostileBodies.Value(1)
        select With((field, JsonNode.Parse(value)));

    // The end of the prefix is right, so only its path can be what is refused.
    private static Gen<string> Elsewhere() =>
        from container in Gen.Frequency((2, Gen.Elements(Containers)), (1, HostileText.Any), (1, Gen.Constant("hostile")))
        from prefix in Gen.Frequency((2, Gen.Elements(Containers)), (1, HostileText.Any), (1, Gen.Constant("")))
        select With(("container", container), ("service_metadata", $"{prefix}az_nova_backup_{Id}"));

    private static string With(params (string Field, JsonNode? Value)[] changes)
    {
        var row = JsonNode.Parse(Row)!.AsObject();
        foreach (var (field, value) in changes)
        {
            row[field] = value;
        }

        return row.ToJsonString(HostileBodies.Relaxed).Replace("\\uE0AA", "\\ud83d", StringComparison.Ordinal);
    }

    private static string Text(string text) => JsonSerializer.Serialize(text, HostileBodies.Relaxed);
}

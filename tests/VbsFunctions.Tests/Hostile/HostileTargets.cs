using FsCheck;
using FsCheck.Fluent;
using VbsFunctions.Tests.Contract;

namespace VbsFunctions.Tests.Hostile;

/// <summary>Targets near the service's routes, whichever these are.</summary>
internal static class HostileTargets
{
    private const int Longest = 7000; // Kestrel's limit of a request line is 8 KiB; a method and a version fit into the rest.

    private static readonly string[] Parameters =
    [
        "limit", "marker", "offset", "sort", "sort_key", "sort_dir", "name", "name~", "status", "volume_id", "all_tenants", "with_count", "project_id",
        "bootable", "metadata", "created_at", "is_public", "Limit", "limit[]", "projectId", "backupId", "request",
    ];

    private static readonly string[] Values =
    [
        "", "0", "1", "-1", "50", "1000", "1001", "99999999999999999999", "1.5", "1e3", "0x1", "abc", "true", "True", "2", "name:asc", "name:sideways", ":", ",", "created_at:desc,id",
        "size", "id", "asc", "desc", "DESC", "available", "error", GivenRows.BackupId.ToString(), GivenRows.VolumeId.ToString(), "00000000-0000-0000-0000-000000000000",
    ];

    /// <summary>A path near a route, mostly without a query, or with a bad one.</summary>
    /// <param name="template">The route.</param>
    /// <param name="project">The project of the path, mostly.</param>
    public static Gen<string> Of(string template, string project) =>
        from path in Gen.Frequency((15, Known(template, project)), (1, Unknown()))
        from query in Gen.Frequency((3, Gen.Constant("")), (2, Query()))
        let target = path + query
        select target.Length > Longest ? target[..Longest] : target;

    private static Gen<string> Known(string template, string project) =>
        from segments in Gen.CollectToArray(template.Split('/'), segment => Segment(segment, project))
        from ending in Gen.Frequency((12, Gen.Constant("")), (1, Gen.Elements("/", "//", "/.", "/..", ".json", ".xml", "/x", "%2f", "%20", ";v=1")))
        select $"/{string.Join('/', segments)}{ending}";

    private static Gen<string> Segment(string template, string project) => template switch
    {
        "{projectId}" => Gen.Frequency((12, Gen.Constant(project)), (1, HostileText.Encoded), (1, Gen.Elements(project.ToUpperInvariant(), project + "0"))),
        ['{', ..] => Gen.Frequency((8, Id()), (4, HostileText.Encoded), (1, Gen.Elements("detail", "summary", "import_record", "restore"))),
        _ => Gen.Frequency((20, Gen.Constant(template)), (1, Gen.Elements(template.ToUpperInvariant(), template + "s", "%2e/" + template))),
    };

    private static Gen<string> Id() =>
        from known in Gen.Elements(GivenRows.BackupId.ToString(), GivenRows.VolumeId.ToString(), "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-4fff-bfff-ffffffffffff")
        from form in Gen.Frequency(
            (8, Gen.Constant(known)),
            (2, Gen.Elements(
                known.ToUpperInvariant(),
                known.Replace("-", "", StringComparison.Ordinal),
                $"%7B{known}%7D",
                $"urn:uuid:{known}",
                $"%20{known}",
                $"{known}%0a",
                known[..^1],
                known.Replace("-", "%2d", StringComparison.Ordinal))))
        select form;

    private static Gen<string> Unknown() => Gen.Frequency(
        (2, Gen.Elements("/", "/v1", "/v2", "/v2/", "/v3", "/v4/x/backups", "/favicon.ico", "/robots.txt", "/.git/config", "/runtime", "/administrator", "/v2//backups", "//v2/x", "/v3/%2e%2e/v2/")),
        (1, from segments in Gen.NonEmptyListOf(HostileText.Encoded) select "/x" + string.Join('/', segments.Take(40))));

    private static Gen<string> Query() =>
        from count in Gen.Choose(1, 4)
        from pairs in Pair().ArrayOf(count)
        select "?" + string.Join('&', pairs);

    private static Gen<string> Pair() =>
        from name in Gen.Frequency((8, Gen.Elements(Parameters)), (1, HostileText.Encoded))
        from value in Gen.Frequency((4, Gen.Elements(Values).Select(Uri.EscapeDataString)), (2, HostileText.Encoded))
        from form in Gen.Frequency((10, Gen.Constant($"{name}={value}")), (1, Gen.Elements(name, $"{name}=={value}", $"={value}", "&&")))
        select form;
}

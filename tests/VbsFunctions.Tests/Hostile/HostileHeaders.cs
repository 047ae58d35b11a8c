using FsCheck;
using FsCheck.Fluent;

namespace VbsFunctions.Tests.Hostile;

/// <summary>Headers that the service reads, with values that it should not like.</summary>
internal static class HostileHeaders
{
    private static readonly (string Name, string[] Values)[] Read =
    [
        ("Accept", ["*/*", "application/json", "application/problem+json", "text/html", "application/json;q=0", "application/*;q=0.0", "*", ",", "a/b/c", "application/json;q=2"]),
        ("Content-Type", ["application/json", "application/json; charset=utf-16", "application/vnd.openstack.volume+json", "text/plain", "application/xml", "multipart/form-data", "json", ";", "application/json;;"]),
        ("OpenStack-API-Version", ["volume 3.0", "volume 3.71", "volume latest", "volume 3.72", "volume 2.0", "volume 3", "volume 3.0.0", "volume", "compute 2.1", "volume 99999999999999999999.1", ",,,", "volume -3.1"]),
        ("X-OpenStack-Volume-API-Version", ["3.50", "x"]),
        ("X-Openstack-Request-Id", ["req-0a1b2c3d-0000-4000-8000-000000000001", "x", "req-"]),
        ("Repeatability-Request-ID", ["6f1c1c1e-2b1d-4d0a-8f5e-000000000001", "no-guid", "", "00000000-0000-0000-0000-000000000000", "{6f1c1c1e-2b1d-4d0a-8f5e-000000000001}"]),
        ("Repeatability-First-Sent", ["Tue, 24 Nov 2026 12:00:00 GMT", "2026-11-24T12:00:00Z", "yesterday", "Mon, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", ""]),
        ("Content-Encoding", ["gzip", "br", "identity", "x"]),
        ("Accept-Encoding", ["gzip, br", "identity;q=0", "*;q=0"]),
        ("Expect", ["100-continue"]),
        ("If-Match", ["*", "\"x\""]),
        ("If-None-Match", ["*"]),
        ("Range", ["bytes=0-1"]),
        ("X-HTTP-Method-Override", ["DELETE"]),
        ("X-Forwarded-For", ["1.2.3.4"]),
        ("X-Original-URL", ["/admin/host/status"]),
        ("Cookie", ["a=b; c"]),
        ("Authorization", ["Basic YTpi", "Bearer x"]),
        ("Prefer", ["respond-async"]),
        ("X-Functions-Key", ["x"]),
        ("traceparent", ["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "x"]),
    ];

    private static readonly string[] RepeatIds = [.. Enumerable.Range(1, 20).Select(number => $"6f1c1c1e-2b1d-4d0a-8f5e-{number:x12}")];

    /// <summary>A token, mostly a good one, and up to five others; for a restore now and then a fit promise to repeat.</summary>
    /// <param name="template">The route.</param>
    /// <param name="tokens">The good ones.</param>
    public static Gen<IReadOnlyList<(string Name, string Value)>> Of(string template, params string[] tokens) =>
        from headers in Of(tokens)
        from repeated in Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(template.EndsWith("/restore", StringComparison.Ordinal))))
        from id in Gen.Elements(RepeatIds)
        select repeated ? Repeatable(headers, id) : headers;

    private static IReadOnlyList<(string Name, string Value)> Repeatable(IReadOnlyList<(string Name, string Value)> headers, string id) =>
    [
        .. headers.Where(header => !header.Name.StartsWith("Repeatability-", StringComparison.Ordinal)),
        ("Repeatability-Request-ID", id),
        ("Repeatability-First-Sent", TimeProvider.System.GetUtcNow().ToString("r")),
    ];

    private static Gen<IReadOnlyList<(string Name, string Value)>> Of(string[] tokens) =>
        from token in Gen.Frequency((12, Gen.Elements(tokens)), (1, Value("", "no-token", "x:y:z", "unavailabl")))
        from type in Gen.Frequency((4, Gen.Constant("application/json")), (1, Gen.Constant("")))
        from count in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(1, 5)))
        from others in Other().ArrayOf(count)
        select Joined(token, type, others);

    private static IReadOnlyList<(string Name, string Value)> Joined(string token, string type, (string Name, string Value)[] others)
    {
        var typed = type.Length > 0 && others.All(header => header.Name != "Content-Type");
        return [("X-Auth-Token", token), .. typed ? [("Content-Type", type)] : Array.Empty<(string, string)>(), .. others];
    }

    private static Gen<(string Name, string Value)> Other() =>
        from header in Gen.Elements(Read)
        from value in Value(header.Values)
        select (header.Name, value);

    private static Gen<string> Value(params string[] likely) => Gen.Frequency((5, Gen.Elements(likely)), (1, HostileText.Any.Select(Legal)));

    // What HTTP has no way to send is left out; the rest fits beside its like into 32 KiB.
    private static string Legal(string text)
    {
        var legal = string.Concat(text.Where(c => c is '\t' or >= ' ' and not '\u007f')).Trim();
        return legal.Length > 1000 ? legal[..1000].TrimEnd('\ud83d') : legal;
    }
}

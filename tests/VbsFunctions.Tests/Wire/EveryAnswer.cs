using System.Text.Json;
using System.Text.RegularExpressions;

namespace VbsFunctions.Tests.Wire;

/// <summary>What is true of every answer of the service, whatever was asked.</summary>
internal static partial class EveryAnswer
{
    /// <summary>Holds an answer to it.</summary>
    /// <returns>The body, strictly read; undefined when there is none.</returns>
    /// <param name="target">The path and query that were asked for.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="hasBody">False for the answer to a HEAD.</param>
    public static JsonElement Check(string target, WireAnswer answer, bool hasBody = true)
    {
        var id = answer.Header("x-openstack-request-id");
        Assert.Matches(RequestId, id);
        Assert.Equal(id, answer.Header("x-compute-request-id"));
        var isV2 = IsV2(target.Split('?')[0]) ?? answer.Header("Deprecation") is not null;
        Assert.Equal(isV2 ? "@1488024000" : null, answer.Header("Deprecation"));
        Assert.Equal(isV2, answer.Header("Link")?.EndsWith(">; rel=\"successor-version\"", StringComparison.Ordinal) is true);
        Assert.Equal(answer.Status == 405, answer.Header("Allow") is not null);
        Assert.Equal(answer.Status == 401, answer.Header("WWW-Authenticate") is not null);
        return StrictReader.Read(answer, hasBody);
    }

    // Null where the server has to decode or fold the path first.
    private static bool? IsV2(string path) => path.Contains('%', StringComparison.Ordinal) || path.Contains("/.", StringComparison.Ordinal)
        ? null
        : path.Equals("/v2", StringComparison.OrdinalIgnoreCase) || path.StartsWith("/v2/", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\Areq-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\z")]
    private static partial Regex RequestId { get; }
}

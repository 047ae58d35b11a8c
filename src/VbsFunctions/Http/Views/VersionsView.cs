using System.Globalization;
using System.Text.Json;
using VbsFunctions.Http.Negotiation;

namespace VbsFunctions.Http.Views;

/// <summary><c>{"versions":[…]}</c>: what is spoken here, and where (cinder/api/versions.py and views/versions.py; v2.0 as its last release, Wallaby, had it).</summary>
/// <remarks>Every entry has a <c>version</c>, empty on v2: python-cinderclient fails without the key (cinderclient/client.py, get_server_version).</remarks>
internal static class VersionsView
{
    /// <summary>Writes the versions.</summary>
    /// <param name="json">At the start of the body.</param>
    /// <param name="baseUrl">Where the client found us, without a slash at the end.</param>
    /// <param name="majors">Which: 2, 3 or both, ascending.</param>
    public static void Write(Utf8JsonWriter json, string baseUrl, params int[] majors)
    {
        json.WriteStartObject();
        json.WriteStartArray("versions");
        foreach (var major in majors)
        {
            WriteVersion(json, baseUrl, major);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteVersion(Utf8JsonWriter json, string baseUrl, int major)
    {
        var isV2 = major == 2;
        json.WriteStartObject();
        json.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"v{major}.0"));
        json.WriteString("status", isV2 ? "DEPRECATED" : "CURRENT");
        json.WriteString("version", isV2 ? "" : string.Create(CultureInfo.InvariantCulture, $"3.{Microversion.Latest}"));
        json.WriteString("min_version", isV2 ? "" : "3.0");
        json.WriteString("updated", isV2 ? "2017-02-25T12:00:00Z" : "2023-08-31T00:00:00Z");
        json.WriteStartArray("links");
        WriteLink(json, "describedby", "https://docs.openstack.org/", "text/html");
        WriteLink(json, "self", string.Create(CultureInfo.InvariantCulture, $"{baseUrl}/v{major}/"), type: null);
        json.WriteEndArray();
        json.WriteStartArray("media-types");
        json.WriteStartObject();
        json.WriteString("base", "application/json");
        json.WriteString("type", string.Create(CultureInfo.InvariantCulture, $"application/vnd.openstack.volume+json;version={major}"));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLink(Utf8JsonWriter json, string relation, string href, string? type)
    {
        json.WriteStartObject();
        json.WriteString("rel", relation);
        if (type is not null)
        {
            json.WriteString("type", type);
        }

        json.WriteString("href", href);
        json.WriteEndObject();
    }
}

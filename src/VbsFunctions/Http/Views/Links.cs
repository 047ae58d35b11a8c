using System.Text.Json;

namespace VbsFunctions.Http.Views;

/// <summary>Links of a resource, absolute because clients follow them as they stand (cinder/api/common.py, ViewBuilder).</summary>
internal static class Links
{
    /// <summary>Writes <c>links</c>: itself, and itself without the version.</summary>
    /// <param name="json">Inside the resource's object.</param>
    /// <param name="call">Gives base URL, version and project.</param>
    /// <param name="collection">Such as <c>backups</c>.</param>
    /// <param name="id">The resource.</param>
    public static void WriteLinks(this Utf8JsonWriter json, Call call, string collection, string id)
    {
        json.WriteStartArray("links");
        WriteLink(json, "self", $"{call.BaseUrl}/v{call.Version.Major}/{call.ProjectId}/{collection}/{id}");
        WriteLink(json, "bookmark", $"{call.BaseUrl}/{call.ProjectId}/{collection}/{id}");
        json.WriteEndArray();
    }

    private static void WriteLink(Utf8JsonWriter json, string relation, string href)
    {
        json.WriteStartObject();
        json.WriteString("rel", relation);
        json.WriteString("href", href);
        json.WriteEndObject();
    }
}

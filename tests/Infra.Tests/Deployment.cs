using System.Text.Json.Nodes;

namespace Infra;

/// <summary>The resources that one deployment makes.</summary>
public sealed class Deployment(JsonNode snapshot)
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<JsonNode> Resources { get; } = [.. snapshot["predictedResources"]!.AsArray().Select(resource => resource!)];

    /// <summary>Those of a type, such as <c>Microsoft.Web/sites</c>.</summary>
    public IReadOnlyList<JsonNode> Of(string type) => [.. Resources.Where(resource => TypeOf(resource) == type)];

    /// <summary>The properties of the one resource of a type.</summary>
    public JsonNode Only(string type) => Assert.Single(Of(type))["properties"]!;

    /// <summary>The app's settings by name.</summary>
    public Dictionary<string, string> Settings() => Only("Microsoft.Web/sites")["siteConfig"]!["appSettings"]!.AsArray()
        .ToDictionary(setting => (string)setting!["name"]!, setting => (string)setting!["value"]!);

    /// <summary>A resource's type.</summary>
    public static string TypeOf(JsonNode resource) => (string)resource["type"]!;

    /// <summary>A resource's name.</summary>
    public static string NameOf(JsonNode resource) => (string)resource["name"]!;
}

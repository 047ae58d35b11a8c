using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Infra;

/// <summary>The files that the tests are about, where they are kept.</summary>
internal static class Repository
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "../.."));

    /// <summary>Full path of a file or folder.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>The content of a JSON file.</summary>
    public static JsonNode Json(string relative) => JsonNode.Parse(File.ReadAllText(PathOf(relative)))!;

    /// <summary>The settings of the sample, by key.</summary>
    public static Dictionary<string, string> SampleSettings() =>
        Json("local.settings.sample.json")["Values"]!.AsObject().ToDictionary(setting => setting.Key, setting => (string)setting.Value!);

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

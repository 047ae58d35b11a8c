using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace LocalRuntime.Hosting;

/// <summary>Reads <c>local.settings.json</c> as Azure Functions Core Tools do: its <c>Values</c> are what environment variables would
/// be, its <c>ConnectionStrings</c> are configuration of that name. When it is missing, <c>local.settings.sample.json</c> serves.</summary>
internal static class LocalSettings
{
    private static readonly string[] Files = ["local.settings.json", "local.settings.sample.json"];

    // Core Tools read it with Newtonsoft.Json, which takes both.
    private static readonly JsonDocumentOptions Json = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads the settings of a folder.</summary>
    /// <param name="folder">The output folder.</param>
    /// <returns>Keys with <c>:</c> between their parts; none when the folder has neither file.</returns>
    /// <exception cref="FormatException">The file is not what Core Tools would read: the message names it and what is wrong.</exception>
    public static IReadOnlyDictionary<string, string?> Read(string folder)
    {
        var path = Array.Find(Array.ConvertAll(Files, file => Path.Combine(folder, file)), File.Exists);
        return path is null ? new Dictionary<string, string?>() : Parse(path, File.ReadAllText(path));
    }

    /// <summary>Adds settings to a configuration, below its environment variables.</summary>
    /// <param name="configuration">A builder that has environment variables or will get them later.</param>
    /// <param name="settings">What <see cref="Read"/> returned.</param>
    public static void AddTo(IConfigurationBuilder configuration, IReadOnlyDictionary<string, string?> settings)
    {
        var environment = configuration.Sources.ToList().FindIndex(IsEnvironment);
        var source = new MemoryConfigurationSource { InitialData = settings };
        configuration.Sources.Insert(environment < 0 ? configuration.Sources.Count : environment, source);
    }

    // A prefix marks the variables of the host itself (DOTNET_, ASPNETCORE_), which come earlier.
    private static bool IsEnvironment(IConfigurationSource source) =>
        source is EnvironmentVariablesConfigurationSource { Prefix: null or "" };

    private static Dictionary<string, string?> Parse(string path, string text)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        try
        {
            using var document = JsonDocument.Parse(text, Json);
            RefuseEncrypted(path, document.RootElement);
            foreach (var (key, value) in Strings(path, document.RootElement, "Values"))
            {
                settings[key.Replace("__", ":", StringComparison.Ordinal)] = value;
            }

            foreach (var (key, value) in Strings(path, document.RootElement, "ConnectionStrings"))
            {
                settings[$"ConnectionStrings:{key}"] = value;
            }
        }
        catch (JsonException invalid)
        {
            throw new FormatException($"{path} is not JSON: {invalid.Message}", invalid);
        }

        return settings;
    }

    private static void RefuseEncrypted(string path, JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object)
        {
            throw new FormatException($"{path} is not a JSON object.");
        }

        if (root.TryGetProperty("IsEncrypted", out var encrypted) && encrypted.ValueKind is JsonValueKind.True)
        {
            throw new FormatException($"{path} is encrypted: run 'func settings decrypt'.");
        }
    }

    private static IEnumerable<(string Key, string? Value)> Strings(string path, JsonElement root, string section)
    {
        if (!root.TryGetProperty(section, out var values))
        {
            yield break;
        }

        if (values.ValueKind is not JsonValueKind.Object)
        {
            throw new FormatException($"{path}: {section} is not a JSON object.");
        }

        foreach (var value in values.EnumerateObject())
        {
            yield return value.Value.ValueKind switch
            {
                JsonValueKind.String or JsonValueKind.Null => (value.Name, value.Value.GetString()),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => (value.Name, value.Value.ToString()),
                _ => throw new FormatException($"{path}: {section}.{value.Name} is not a string; write nested keys as 'Outer:Inner'."),
            };
        }
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Hosting;

/// <summary>What LocalRuntime honours of host.json; a setting <c>AzureFunctionsJobHost__a__b</c> overrides its <c>a.b</c>, as in the Functions host.</summary>
/// <remarks>Source: HostJsonFileConfigurationSource and ScriptHostBuilderExtensions in azure-functions-host. Other sections are the real host's affair.</remarks>
internal sealed record HostJson
{
    private const string FileName = "host.json";

    /// <summary><c>extensions.http.routePrefix</c>. Default <c>api</c>; may be empty.</summary>
    public required string RoutePrefix { get; init; }

    /// <summary><c>extensions.durableTask.hubName</c>; null for the engine's default.</summary>
    public required string? HubName { get; init; }

    /// <summary><c>extensions.durableTask.maxConcurrentActivityFunctions</c>; null for the engine's default.</summary>
    public required int? MaxConcurrentActivities { get; init; }

    /// <summary><c>extensions.durableTask.maxConcurrentOrchestratorFunctions</c>; null for the engine's default.</summary>
    public required int? MaxConcurrentOrchestrators { get; init; }

    /// <summary><c>logging.logLevel</c>: levels by category, <c>default</c> among them.</summary>
    public required IReadOnlyDictionary<string, LogLevel> LogLevels { get; init; }

    /// <summary>Reads host.json.</summary>
    /// <param name="settings">The app's configuration, for the overrides.</param>
    /// <param name="folder">Where host.json is; it may be missing.</param>
    /// <exception cref="StartException">It is not JSON, or one of these values is none.</exception>
    public static HostJson Read(IConfiguration settings, string folder)
    {
        var json = Load(settings, folder);
        return new HostJson
        {
            RoutePrefix = (json["extensions:http:routePrefix"] ?? "api").Trim('/'),
            HubName = json["extensions:durableTask:hubName"],
            MaxConcurrentActivities = Count(json, "extensions:durableTask:maxConcurrentActivityFunctions"),
            MaxConcurrentOrchestrators = Count(json, "extensions:durableTask:maxConcurrentOrchestratorFunctions"),
            LogLevels = json.GetSection("logging:logLevel").GetChildren().ToDictionary(level => level.Key, Level, StringComparer.OrdinalIgnoreCase),
        };
    }

    private static IConfigurationRoot Load(IConfiguration settings, string folder)
    {
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(folder, FileName), optional: true)
                .AddInMemoryCollection(settings.GetSection("AzureFunctionsJobHost").AsEnumerable(makePathsRelative: true).Where(pair => pair.Value is not null))
                .Build();
        }
        catch (Exception invalid) when (invalid is InvalidDataException or FormatException)
        {
            throw new StartException($"{FileName} is not JSON: {(invalid.InnerException ?? invalid).Message}", invalid);
        }
    }

    private static LogLevel Level(IConfigurationSection level) =>
        Enum.TryParse<LogLevel>(level.Value, ignoreCase: true, out var value)
            ? value
            : throw new StartException($"{FileName}: logging.logLevel.{level.Key} is '{level.Value}', which is no log level.");

    private static int? Count(IConfiguration json, string key)
    {
        if (json[key] is not { } text)
        {
            return null;
        }

        return int.TryParse(text, out var count) && count > 0
            ? count
            : throw new StartException($"{FileName}: {key.Replace(':', '.')} is '{text}'; it must be a number above zero.");
    }
}

namespace Vbs.Configuration;

/// <summary>Tells an emulator's connection string from a storage account's.</summary>
internal static class EmulatorAddress
{
    private const string Shortcut = "UseDevelopmentStorage";

    /// <summary>Whether it is <c>UseDevelopmentStorage=true</c> and nothing else, or names a blob and a table endpoint and every endpoint is on loopback.</summary>
    public static bool IsLegal(string connectionString)
    {
        var settings = connectionString
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(setting => setting.Split('=', 2, StringSplitOptions.TrimEntries))
            .Select(parts => (Name: parts[0], Value: parts.ElementAtOrDefault(1) ?? ""))
            .ToList();

        if (settings.Any(setting => Is(setting.Name, Shortcut)))
        {
            return settings.Count == 1 && Is(settings[0].Value, "true");
        }

        var endpoints = settings.Where(setting => setting.Name.EndsWith("Endpoint", StringComparison.OrdinalIgnoreCase)).ToList();
        return endpoints.Any(endpoint => Is(endpoint.Name, "BlobEndpoint"))
            && endpoints.Any(endpoint => Is(endpoint.Name, "TableEndpoint"))
            && endpoints.All(endpoint => Uri.TryCreate(endpoint.Value, UriKind.Absolute, out var uri) && uri.IsLoopback);
    }

    private static bool Is(string text, string other) => text.Equals(other, StringComparison.OrdinalIgnoreCase);
}

using Azure.Data.Tables;
using LocalRuntime.Azurite;
using Microsoft.Extensions.Configuration;

namespace LocalRuntime.Hosting;

/// <summary>The storage account of the durable functions' journal: the one that <c>AzureWebJobsStorage</c> names.</summary>
internal static class JournalAccount
{
    private const string Key = "AzureWebJobsStorage";
    private const string Development = "UseDevelopmentStorage=true";

    /// <summary>Whether the account is the emulator at its usual ports.</summary>
    public static bool IsDevelopment(IConfiguration configuration) =>
        string.Equals(configuration[Key]?.Trim().TrimEnd(';'), Development, StringComparison.OrdinalIgnoreCase);

    /// <summary>Connects to the account. Asks nothing of it.</summary>
    /// <exception cref="StartException">The setting is missing or is no connection string.</exception>
    public static TableServiceClient Connect(IConfiguration configuration)
    {
        if (configuration[Key] is not { Length: > 0 } connection)
        {
            var identity = configuration.GetSection(Key).GetChildren().Any() ? ": the local runtime takes no identity-based connection" : "";
            throw new StartException($"{Key} must be a connection string, such as {Development}{identity}.");
        }

        try
        {
            // On Azure the journal is the Functions host's, and no span of the app.
            return new TableServiceClient(connection, new TableClientOptions { Diagnostics = { IsDistributedTracingEnabled = false } });
        }
        catch (Exception invalid) when (invalid is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new StartException($"{Key} is not a storage connection string.", invalid);
        }
    }

    /// <summary>Starts Azurite when the account is the emulator and nobody listens on its table port.</summary>
    /// <returns>The process to end with the app, or null.</returns>
    /// <exception cref="StartException">It cannot be installed or started: the message says what is missing.</exception>
    public static async Task<AzuriteProcess?> EnsureAsync(IConfiguration configuration, TimeProvider time, CancellationToken cancellationToken)
    {
        var ports = AzuritePorts.Default;
        if (!IsDevelopment(configuration) || await AzuriteProcess.AnswersAsync(ports.Table, cancellationToken))
        {
            return null;
        }

        try
        {
            var root = AzuriteInstall.FindRoot();
            var script = await AzuriteInstall.EnsureAsync(root, time, cancellationToken);
            return await AzuriteProcess.StartAsync(script, Path.Combine(root, ".azurite"), ports, time, cancellationToken);
        }
        catch (InvalidOperationException missing)
        {
            throw new StartException(missing.Message, missing);
        }
    }
}

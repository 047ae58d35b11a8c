using System.Security.Cryptography;
using System.Text.Json;
using LocalRuntime.Durable.Journal;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;

namespace LocalRuntime.Durable;

/// <summary>The settings of the engine.</summary>
internal sealed record DurableOptions
{
    /// <summary>Names the journal; letters and digits, 3 to 50, a letter first. The table is this name and <c>Journal</c>.</summary>
    public string HubName { get; init; } = "LocalHub";

    /// <summary>Activities that run at once; default 10 a core, the host's own default for <c>maxConcurrentActivityFunctions</c>.</summary>
    public int MaxConcurrentActivities { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>Orchestrations that replay or write at once; default 10 a core, the host's own default for <c>maxConcurrentOrchestratorFunctions</c>.</summary>
    public int MaxConcurrentOrchestrators { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>How long a lease of the journal holds without renewal; default 30 s. It is renewed at a third of it.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Serializes inputs, outputs and events; default as the worker: property names in any case
    /// (azure-functions-dotnet-worker, src/DotNetWorker/Hosting/ServiceCollectionExtensions.cs).</summary>
    public DataConverter Converter { get; init; } =
        new JsonDataConverter(new JsonSerializerOptions { PropertyNameCaseInsensitive = true });

    /// <summary>Makes instance ids and lease tokens.</summary>
    public Func<Guid> NewGuid { get; init; } = static () => new Guid(RandomNumberGenerator.GetBytes(16));

    /// <summary>Whose lease it is; default this process.</summary>
    public LeaseOwner Owner { get; init; } = LeaseOwner.ThisProcess();
}

using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using LocalRuntime.Durable;
using LocalRuntime.Durable.Journal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Testing;

namespace LocalRuntime.Tests.Durable;

/// <summary>A journal of its own, and the engines that run on it one after another, each as a process that has died since.</summary>
internal sealed class TestHub(AzuriteFixture azurite) : IAsyncDisposable
{
    private readonly List<DurableEngine> engines = [];

    public string Name { get; } = AzuriteFixture.UniqueName("Hub");

    public List<OrchestratorDefinition> Orchestrators { get; } = [];

    public List<ActivityDefinition> Activities { get; } = [];

    public DurableOptions Options { get; set; } = new();

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public ILoggerFactory Loggers { get; set; } = NullLoggerFactory.Instance;

    public TableClient Table => azurite.Tables.GetTableClient($"{Name}Journal");

    /// <summary>An engine that is not started.</summary>
    public DurableEngine NewEngine(HttpPipelinePolicy? policy = null, HttpPipelinePosition position = HttpPipelinePosition.PerCall)
    {
        var client = new TableClientOptions { Retry = { Delay = TimeSpan.FromMilliseconds(20), MaxDelay = TimeSpan.FromMilliseconds(200) } };
        if (policy is not null)
        {
            client.AddPolicy(policy, position);
        }

        // Processes of this id are gone: Linux has at most 2^22.
        var dead = new LeaseOwner(Environment.MachineName, int.MaxValue - engines.Count, DateTimeOffset.UnixEpoch);
        var engine = new DurableEngine(
            Orchestrators,
            Activities,
            new TableServiceClient(azurite.ConnectionString, client),
            Options with { HubName = Name, Owner = dead },
            Time,
            Loggers);
        engines.Add(engine);
        return engine;
    }

    /// <summary>An engine that runs.</summary>
    public async Task<DurableEngine> StartAsync(HttpPipelinePolicy? policy = null)
    {
        var engine = NewEngine(policy);
        await engine.StartAsync(TestContext.Current.CancellationToken);
        return engine;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in engines)
        {
            await engine.DisposeAsync();
        }
    }
}

using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vbs.Catalog;

namespace VbsFunctions.Orchestration;

/// <summary>Every 30 s: starts again whatever was accepted and has no living orchestration, and drops intents that came to nothing.</summary>
public sealed class SweepRestores(CatalogTable catalog)
{
    /// <summary>One sweep; safe to run beside another.</summary>
    [Function(nameof(SweepRestores))]
    public Task RunAsync(
        [TimerTrigger("*/30 * * * * *")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        catalog.SweepAsync(
            (restoreId, ct) => RestoreStarter.IsAliveAsync(client, restoreId, ct),
            (projectId, restoreId, ct) => RestoreStarter.StartAsync(client, projectId, restoreId, ct),
            cancellationToken);
}

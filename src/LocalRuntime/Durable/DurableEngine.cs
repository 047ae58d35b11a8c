using Azure.Data.Tables;
using LocalRuntime.Durable.Journal;
using LocalRuntime.Durable.Replay;
using LocalRuntime.Durable.Running;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Durable;

/// <summary>Runs orchestrations and activities from a journal in Azure Tables.</summary>
/// <remarks>
/// At its start it takes the journal's lease and goes on with every orchestration that has not ended. Each has a driver: at every
/// event the orchestrator runs again from its history, and the step is recorded in one transaction before anything comes of it.
/// Work is handed over in memory, so that nothing polls; an idle engine renews its lease and nothing else.
/// Whenever the process ends, a later start goes on from what is recorded. Activities run at least once.
/// It does not scale out, has no entities and no sub-orchestrations, and keeps every instance until it is purged.
/// </remarks>
internal sealed class DurableEngine : IHostedService, IAsyncDisposable
{
    private readonly CancellationTokenSource aborted = new();
    private readonly TaskCompletionSource<DriverPool> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource leaseLost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TableClient table;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly JournalLease lease;
    private readonly ActivityPool activities;
    private readonly SemaphoreSlim slots;
    private readonly DriverPool drivers;
    private readonly TimeSpan renewal;
    private Task renewals = Task.CompletedTask;
    private int disposals;

    /// <summary>An engine that is not started.</summary>
    /// <param name="orchestrators">By name, each once.</param>
    /// <param name="activities">By name, each once.</param>
    /// <param name="tables">Where the journal is; its table is made when missing.</param>
    /// <param name="options">The settings.</param>
    /// <param name="time">The clock, of durable timers too.</param>
    /// <param name="loggers">Makes the engine's logger and those of orchestrators.</param>
    public DurableEngine(
        IEnumerable<OrchestratorDefinition> orchestrators,
        IEnumerable<ActivityDefinition> activities,
        TableServiceClient tables,
        DurableOptions options,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        this.time = time;
        logger = loggers.CreateLogger<DurableEngine>();
        table = tables.GetTableClient($"{options.HubName}Journal");
        var token = options.NewGuid();
        lease = new JournalLease(table, options.Owner, token, options.LeaseDuration, time);
        renewal = options.LeaseDuration / 3;
        slots = new SemaphoreSlim(options.MaxConcurrentOrchestrators, options.MaxConcurrentOrchestrators);
        this.activities = new ActivityPool(activities, options.MaxConcurrentActivities, logger, aborted.Token);
        var services = new DriverServices(
            new InstanceJournal(table, token), lease, new Replayer(options.Converter, loggers), this.activities, slots, new InstanceSignals(), time, logger);
        drivers = new DriverPool(orchestrators, services, OnLeaseLost, aborted.Token);
        Client = new LocalDurableTaskClient(options, time, RunningAsync);
    }

    /// <summary>Starts, asks about and influences the orchestrations of this engine; waits until it is started.</summary>
    public DurableTaskClient Client { get; }

    /// <summary>Completes when another process has taken the journal: this engine works no more, and its host should end.</summary>
    public Task LeaseLost => leaseLost.Task;

    /// <summary>Takes the lease, and goes on with what has not ended. Waits for at most a lease's duration for another holder that no longer renews.</summary>
    /// <exception cref="InvalidOperationException">Another process runs on this journal: the message is for a person.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await table.CreateIfNotExistsAsync(cancellationToken);
        await lease.TakeAsync(cancellationToken);
        renewals = RenewAsync(aborted.Token);
        var count = 0;
        await foreach (var state in drivers.Journal.UnfinishedAsync().WithCancellation(cancellationToken))
        {
            drivers.Adopt(state);
            count++;
        }

        DurableLog.Started(logger, table.Name, count);
        started.TrySetResult(drivers);
    }

    /// <summary>Takes no more work, cancels the running activities, and returns when they have stopped and everything that had
    /// arrived is on record. A cancelled activity counts as not run: it runs again at the next start.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await activities.StopAsync(cancellationToken);
        await drivers.StopAsync(cancellationToken);
        await aborted.CancelAsync();
        await renewals.WaitAsync(cancellationToken);
        if (started.Task.IsCompletedSuccessfully && !lease.IsLost)
        {
            await lease.ReleaseAsync(cancellationToken);
        }
    }

    /// <summary>Ends everything without a further write, if it is not stopped already; activities are cancelled, and not waited for. Safe to repeat.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Increment(ref disposals) > 1)
        {
            return;
        }

        started.TrySetCanceled();
        await aborted.CancelAsync();
        await drivers.DisposeAsync();
        await renewals;
        slots.Dispose();
        lease.Dispose();
        aborted.Dispose();
    }

    private async Task<DriverPool> RunningAsync(CancellationToken cancellationToken)
    {
        var running = await started.Task.WaitAsync(cancellationToken);
        await lease.EnsureHeldAsync(cancellationToken);
        return running;
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(renewal, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await drivers.PersistAsync(() => lease.RenewAsync(cancellationToken), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (LeaseLostException lost)
        {
            OnLeaseLost(lost);
        }
    }

    private void OnLeaseLost(Exception lost)
    {
        if (leaseLost.TrySetResult())
        {
            DurableLog.LeaseLost(logger, lost);
            aborted.Cancel();
        }
    }
}

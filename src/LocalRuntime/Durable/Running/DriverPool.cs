using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using LocalRuntime.Durable.Journal;
using Microsoft.DurableTask;

namespace LocalRuntime.Durable.Running;

/// <summary>The drivers of all unfinished orchestrations, one each.</summary>
internal sealed class DriverPool(
    IEnumerable<OrchestratorDefinition> orchestrators, DriverServices services, Action<Exception> onLeaseLost, CancellationToken aborted)
    : IAsyncDisposable
{
    private readonly Dictionary<string, OrchestratorDefinition> byName =
        orchestrators.ToDictionary(orchestrator => orchestrator.Name, StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentDictionary<string, OrchestrationDriver> drivers = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(aborted);

    /// <summary>The record.</summary>
    public InstanceJournal Journal => services.Journal;

    /// <summary>Tell of changes of status.</summary>
    public InstanceSignals Signals => services.Signals;

    /// <summary>An orchestrator by name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public OrchestratorDefinition FindOrchestrator(TaskName name) => name.Name is { } key && byName.TryGetValue(key, out var found)
        ? found
        : throw new ArgumentException($"The function '{name}' doesn't exist, is disabled, or is not an orchestrator function.", nameof(name));

    /// <summary>The driver of an unfinished instance; <see langword="null"/> when there is none.</summary>
    public OrchestrationDriver? Find(string instanceId) => drivers.GetValueOrDefault(instanceId);

    /// <summary>Drives an instance that this process has recorded, once the driver of a finished one of the same id is gone.</summary>
    public async Task DriveAsync(InstanceState state)
    {
        while (!Adopt(state) && Find(state.InstanceId) is { } other && other.StartId != state.StartId)
        {
            await other.Ended;
        }
    }

    /// <summary>Drives an instance, unless one of its id is being driven.</summary>
    /// <returns>Whether it is driven from now on.</returns>
    public bool Adopt(InstanceState state)
    {
        if (!byName.TryGetValue(state.Name, out var definition))
        {
            DurableLog.OrchestratorMissing(services.Logger, state.InstanceId, state.Name);
            return true;
        }

        var driver = new OrchestrationDriver(definition, state, services);
        if (stopping.IsCancellationRequested || !drivers.TryAdd(state.InstanceId, driver))
        {
            return stopping.IsCancellationRequested;
        }

        driver.Start(run => GuardAsync(driver, state, run), aborted);
        if (stopping.IsCancellationRequested)
        {
            driver.Stop();
        }

        return true;
    }

    /// <inheritdoc cref="DriverServices.PersistAsync(Func{Task}, CancellationToken)"/>
    public Task PersistAsync(Func<Task> operation, CancellationToken cancellationToken) => services.PersistAsync(operation, cancellationToken);

    /// <summary>Waits for something that only happens while orchestrations are driven.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up, or the engine stops.</exception>
    public async Task WhileRunningAsync(Task task, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping.Token);
        await task.WaitAsync(either.Token);
    }

    /// <summary>Starts no more drivers, and returns when those that run have recorded what they were told.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        var running = drivers.Values.ToList();
        running.ForEach(driver => driver.Stop());
        await Task.WhenAll(running.Select(driver => driver.Ended)).WaitAsync(cancellationToken);
    }

    /// <summary>Waits until all have ended, which the abort has told them to.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        stopping.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "The edge of the process for an orchestration: what its driver dies of must be seen, and must not stop the others.")]
    private async Task GuardAsync(OrchestrationDriver driver, InstanceState state, Func<Task> run)
    {
        var reload = false;
        try
        {
            await run();
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
        }
        catch (LeaseLostException lost)
        {
            onLeaseLost(lost);
        }
        catch (JournalConflictException)
        {
            reload = true;
        }
        catch (Exception failure)
        {
            DurableLog.DriverFailed(services.Logger, failure, state.InstanceId);
        }

        drivers.TryRemove(KeyValuePair.Create(state.InstanceId, driver));
        if (reload)
        {
            await ReloadAsync(state.InstanceId);
        }
    }

    // Another process wrote the instance. If it has the lease, this one stops; if it had it and lost it, the record is right and ours to go on from.
    private async Task ReloadAsync(string instanceId)
    {
        try
        {
            await services.PersistAsync(() => services.Lease.RenewAsync(aborted), aborted);
            var found = await services.PersistAsync(() => Journal.FindAsync(instanceId, aborted), aborted);
            if (found is { IsFinished: false })
            {
                DurableLog.Reloaded(services.Logger, instanceId);
                Adopt(found);
            }
        }
        catch (LeaseLostException lost)
        {
            onLeaseLost(lost);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
        }
    }
}

using DurableTask.Core.Exceptions;
using LocalRuntime.Durable.History;
using LocalRuntime.Durable.Journal;
using LocalRuntime.Durable.Running;
using LocalRuntime.Durable.Tracing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Durable;

/// <summary>The client of an engine in this process. Reads come from the journal; writes go through the instance's driver,
/// and are on record when they return.</summary>
internal sealed class LocalDurableTaskClient(DurableOptions options, TimeProvider time, Func<CancellationToken, Task<DriverPool>> running)
    : DurableTaskClient(options.HubName)
{
    /// <inheritdoc/>
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        var drivers = await running(cancellation);
        var orchestrator = drivers.FindOrchestrator(orchestratorName);
        var id = InstanceId(options);
        using var span = DurableSpans.StartCreate(orchestrator.Name, id);
        var state = NewInstance(orchestrator, id, input);
        while (true)
        {
            if (await drivers.Journal.TryAddAsync(state, cancellation) is { } added)
            {
                await drivers.DriveAsync(added);
                return added.InstanceId;
            }

            var found = await drivers.Journal.FindAsync(state.InstanceId, cancellation);
            if (found is { IsFinished: true })
            {
                var again = state with { Execution = found.Execution + 1, Version = found.Version + 1, ETag = found.ETag };
                if (await drivers.Journal.TryReplaceAsync(again, cancellation) is { } replaced)
                {
                    await drivers.DriveAsync(replaced);
                    return replaced.InstanceId;
                }
            }
            else if (found is not null)
            {
                // On record and not driven, if the answer to whoever started it was lost.
                drivers.Adopt(found);
                return found.StartId == state.StartId ? found.InstanceId : throw new OrchestrationAlreadyExistsException(
                    $"An Orchestration instance with the ID {found.InstanceId} already exists.");
            }
        }
    }

    /// <inheritdoc/>
    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var raised = new Arrival.EventRaised(eventName, Serialize(eventPayload));
        return TellAsync(instanceId, recorded => new Message.Arrived(raised, Recorded: recorded), cancellation);
    }

    /// <inheritdoc/>
    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        var output = Serialize(options?.Output);
        InstanceIds.ThrowIfTooLarge(output, nameof(options));
        return TellAsync(instanceId, recorded => new Message.Terminate(output, recorded), cancellation);
    }

    /// <inheritdoc/>
    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, state => state.Status != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    /// <inheritdoc/>
    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, state => state.IsFinished, getInputsAndOutputs, cancellation);

    /// <inheritdoc/>
    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var drivers = await running(cancellation);
        return await drivers.Journal.FindAsync(instanceId, cancellation) is { } state ? Describe(state, getInputsAndOutputs) : null;
    }

    /// <inheritdoc/>
    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var drivers = await running(cancellation);
        return new PurgeResult(await drivers.Journal.TryPurgeAsync(instanceId, cancellation) ? 1 : 0);
    }

    /// <summary>Nothing: the engine is the host's.</summary>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string InstanceId(StartOrchestrationOptions? start)
    {
        if (start?.StartAt is not null)
        {
            throw new NotSupportedException("The Functions host starts an orchestration at once, whatever StartAt says: begin it with a timer.");
        }

        var id = string.IsNullOrEmpty(start?.InstanceId) ? options.NewGuid().ToString("N") : start.InstanceId;
        InstanceIds.ThrowIfMalformed(id, nameof(start));
        return id;
    }

    private InstanceState NewInstance(OrchestratorDefinition orchestrator, string id, object? input)
    {
        var json = Serialize(input);
        InstanceIds.ThrowIfTooLarge(json, nameof(input));
        var now = time.GetUtcNow();
        return new InstanceState
        {
            InstanceId = id,
            Name = orchestrator.Name,
            StartId = options.NewGuid(),
            Input = json,
            Trace = OrchestrationTrace.OfCurrent(),
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    private string? Serialize(object? value) => options.Converter.Serialize(value);

    private async Task TellAsync(string instanceId, Func<TaskCompletionSource, Message> message, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var drivers = await running(cancellation);
        var recorded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (drivers.Find(instanceId)?.TryPost(message(recorded)) is not true)
        {
            throw await drivers.Journal.FindAsync(instanceId, cancellation) is null
                ? new ArgumentException($"No instance with ID '{instanceId}' was found.", nameof(instanceId))
                : new InvalidOperationException($"The orchestration instance '{instanceId}' is not running.");
        }

        await recorded.Task.WaitAsync(cancellation);
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, Func<InstanceState, bool> reached, bool payloads, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        while (true)
        {
            var drivers = await running(cancellation);
            var changed = drivers.Signals.NextAsync(instanceId);
            if (await drivers.Journal.FindAsync(instanceId, cancellation) is { } state && reached(state))
            {
                return Describe(state, payloads);
            }

            await drivers.WhileRunningAsync(changed, cancellation);
        }
    }

    private OrchestrationMetadata Describe(InstanceState state, bool payloads) => new(state.Name, state.InstanceId)
    {
        DataConverter = payloads ? options.Converter : null,
        RuntimeStatus = state.Status,
        CreatedAt = state.CreatedAt,
        LastUpdatedAt = state.UpdatedAt,
        SerializedInput = payloads ? state.Input : null,
        SerializedOutput = payloads ? state.Output : null,
        SerializedCustomStatus = payloads ? state.CustomStatus : null,
        FailureDetails = payloads ? state.Failure : null,
    };
}

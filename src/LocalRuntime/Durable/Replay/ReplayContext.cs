using System.Globalization;
using LocalRuntime.Durable.History;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Durable.Replay;

/// <summary>The context an orchestrator runs on: collects what its code asks for, and completes its tasks as the answers arrive.</summary>
internal sealed class ReplayContext(
    Execution execution, OrchestratorThread thread, DataConverter converter, ILoggerFactory loggers) : TaskOrchestrationContext
{
    // docs.microsoft.com, "Custom orchestration status": 16 KB of UTF-16.
    private const int MaxStatusChars = 8 * 1024;

    private readonly ExternalEvents events = new(thread, converter);
    private readonly Dictionary<int, (Decision Decision, TaskCompletionSource<string?> Task)> open = [];
    private List<Decision> decisions = [];
    private int nextTaskId;
    private int nextGuid;
    private (string? Input, bool PreserveEvents)? continuation;
    private DateTimeOffset now;
    private bool isReplaying;

    /// <inheritdoc/>
    public override TaskName Name => execution.Name;

    /// <inheritdoc/>
    public override string InstanceId => execution.InstanceId;

    /// <inheritdoc/>
    public override DateTime CurrentUtcDateTime => now.UtcDateTime;

    /// <inheritdoc/>
    public override bool IsReplaying => isReplaying;

    /// <summary>The custom status that the code has set.</summary>
    public CustomStatus? Status { get; private set; }

    /// <summary>What the code asked for that is neither done nor cancelled.</summary>
    public IReadOnlyCollection<Decision> Open => [.. open.Values.Select(task => task.Decision)];

    /// <summary>Whether anything is under way that can continue the code.</summary>
    public bool CanContinue => open.Count > 0 || events.HasWaiters;

    /// <inheritdoc/>
    protected override ILoggerFactory LoggerFactory => loggers;

    /// <summary>Begins a step.</summary>
    public void BeginStep(DateTimeOffset at, bool replaying) => (now, isReplaying, decisions) = (at, replaying, []);

    /// <summary>What the code has asked for in this step.</summary>
    public IReadOnlyList<Decision> TakeDecisions() => decisions;

    /// <summary>The next execution, if the code has asked for one.</summary>
    public Ending.ContinuedAsNew? TakeContinuation() => continuation is { } next
        ? new Ending.ContinuedAsNew(next.Input, next.PreserveEvents ? events.TakeEarly() : [])
        : null;

    /// <summary>Lets something arrive. An answer to what is no longer open is ignored.</summary>
    public void Apply(Arrival arrival)
    {
        switch (arrival)
        {
            case Arrival.ActivityCompleted completed when open.Remove(completed.TaskId, out var call):
                call.Task.TrySetResult(completed.Result);
                break;
            case Arrival.ActivityFailed failed when open.Remove(failed.TaskId, out var call):
                var name = ((Decision.CallActivity)call.Decision).Name;
                call.Task.TrySetException(new TaskFailedException(name, failed.TaskId, failed.Failure));
                break;
            case Arrival.TimerFired fired when open.Remove(fired.TaskId, out var timer):
                timer.Task.TrySetResult(null);
                break;
            case Arrival.EventRaised raised:
                events.Arrive(raised);
                break;
        }
    }

    /// <inheritdoc/>
    public override T? GetInput<T>()
        where T : default
    {
        thread.ThrowIfElsewhere();
        return converter.Deserialize<T>(execution.Input);
    }

    /// <inheritdoc/>
    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        thread.ThrowIfElsewhere();
        if (input is TaskOptions && options is null)
        {
            throw new ArgumentException("A TaskOptions was passed as the input: name the parameter, options.", nameof(input));
        }

        var json = converter.Serialize(input);
        return options?.Retry switch
        {
            { Policy: { } policy } => Repeats.ByPolicyAsync(this, policy, CallAsync),
            { Handler: { } handler } => Repeats.ByHandlerAsync(this, handler, CallAsync),
            _ => CallAsync(),
        };

        async Task<TResult> CallAsync() => converter.Deserialize<TResult>(await AskAsync(id => new Decision.CallActivity(id, name, json)))!;
    }

    /// <inheritdoc/>
    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        thread.ThrowIfElsewhere();
        var id = nextTaskId;
        var task = AskAsync(_ => new Decision.CreateTimer(id, fireAt.ToUniversalTime()));
        cancellationToken.Register(() => CancelTimer(id, cancellationToken));
        return task;
    }

    /// <inheritdoc/>
    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        thread.ThrowIfElsewhere();
        return events.WaitAsync<T>(eventName, cancellationToken);
    }

    /// <inheritdoc/>
    public override void SetCustomStatus(object? customStatus)
    {
        thread.ThrowIfElsewhere();
        var json = converter.Serialize(customStatus);
        Status = json?.Length > MaxStatusChars
            ? throw new ArgumentException("A custom status is at most 16 KiB of UTF-16 text.", nameof(customStatus))
            : new CustomStatus(json);
    }

    /// <inheritdoc/>
    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        thread.ThrowIfElsewhere();
        continuation = (converter.Serialize(newInput), preserveUnprocessedEvents);
    }

    /// <inheritdoc/>
    public override Guid NewGuid()
    {
        thread.ThrowIfElsewhere();
        return ReplayGuid.Of(string.Create(CultureInfo.InvariantCulture, $"{InstanceId}_{CurrentUtcDateTime:o}_{nextGuid++}"));
    }

    private Task<string?> AskAsync(Func<int, Decision> decide)
    {
        var decision = decide(nextTaskId++);
        var task = new TaskCompletionSource<string?>();
        open.Add(decision.TaskId, (decision, task));
        decisions.Add(decision);
        return task.Task;
    }

    private void CancelTimer(int id, CancellationToken cancellationToken)
    {
        if (!thread.IsCurrent)
        {
            thread.ReportIllegalAwait();
        }
        else if (open.Remove(id, out var timer))
        {
            timer.Task.TrySetCanceled(cancellationToken);
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using LocalRuntime.Durable.Replay;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

/// <summary>What an orchestrator may do. It runs again from its history at every event, so it must decide the same each time:
/// clock, identifiers and input come from here, and it awaits nothing but the tasks made here.</summary>
/// <remarks>Every member throws <see cref="InvalidOperationException"/> on a thread that is not the orchestrator's: it awaited something else.</remarks>
public abstract class TaskOrchestrationContext
{
    /// <summary>The orchestrator's name.</summary>
    public abstract TaskName Name { get; }

    /// <summary>The instance id.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The time in UTC of the event the orchestrator runs on; the same at every replay.</summary>
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <summary>Whether what happens now has happened before.</summary>
    public abstract bool IsReplaying { get; }

    /// <summary>Makes loggers that are silent while replaying.</summary>
    public virtual ILoggerFactory ReplaySafeLoggerFactory => new ReplaySafeLoggerFactory(this, LoggerFactory);

    /// <summary>Makes ordinary loggers.</summary>
    protected abstract ILoggerFactory LoggerFactory { get; }

    /// <summary>The input; the type's default when there is none.</summary>
    /// <exception cref="System.Text.Json.JsonException">The input is not a <typeparamref name="T"/>.</exception>
    public abstract T? GetInput<T>();

    /// <summary>Runs an activity at least once, without its result.</summary>
    /// <exception cref="TaskFailedException">The activity threw, after all repeats that <paramref name="options"/> allow.</exception>
    public virtual Task CallActivityAsync(TaskName name, object? input = null, TaskOptions? options = null) =>
        CallActivityAsync<object>(name, input, options);

    /// <summary>Runs an activity without input and result at least once.</summary>
    /// <exception cref="TaskFailedException">The activity threw, after all repeats that <paramref name="options"/> allow.</exception>
    public virtual Task CallActivityAsync(TaskName name, TaskOptions options) => CallActivityAsync(name, null, options);

    /// <summary>Runs an activity without input at least once.</summary>
    /// <returns>The activity's result; the type's default when it has none.</returns>
    /// <exception cref="TaskFailedException">The activity threw, after all repeats that <paramref name="options"/> allow.</exception>
    public virtual Task<TResult> CallActivityAsync<TResult>(TaskName name, TaskOptions options) =>
        CallActivityAsync<TResult>(name, null, options);

    /// <summary>Runs an activity at least once.</summary>
    /// <returns>The activity's result; the type's default when it has none.</returns>
    /// <exception cref="ArgumentException"><paramref name="input"/> is a <see cref="TaskOptions"/> and <paramref name="options"/> is absent: the one was meant for the other.</exception>
    /// <exception cref="TaskFailedException">The activity threw, after all repeats that <paramref name="options"/> allow.</exception>
    public abstract Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null);

    /// <summary>Waits for a span of orchestration time.</summary>
    /// <exception cref="TaskCanceledException">The token was cancelled.</exception>
    public virtual Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken) =>
        CreateTimer(CurrentUtcDateTime.Add(delay), cancellationToken);

    /// <summary>Waits until a point in time; a past one passes at once.</summary>
    /// <exception cref="TaskCanceledException">The token was cancelled.</exception>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>Waits for an event that a client raises, or takes one that came early. Names are compared without regard to case;
    /// the newest of several waiters gets the event.</summary>
    /// <exception cref="ArgumentException">Another waiter of this name expects another type.</exception>
    /// <exception cref="TaskCanceledException">The token was cancelled.</exception>
    public abstract Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default);

    /// <summary>Waits for an event for a span of orchestration time.</summary>
    /// <exception cref="TaskCanceledException">The time is over.</exception>
    public Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout) =>
        WaitForExternalEvent<T>(eventName, timeout, CancellationToken.None);

    /// <summary>Waits for an event for a span of orchestration time.</summary>
    /// <exception cref="TaskCanceledException">The time is over, or the token was cancelled.</exception>
    [SuppressMessage("Performance", "CA1849", Justification = "CancelAsync cancels on another thread, and an orchestrator has one.")]
    public async Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var timerEnd = new CancellationTokenSource();
        using var waitEnd = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timer = CreateTimer(timeout, timerEnd.Token);
        var arrival = WaitForExternalEvent<T>(eventName, waitEnd.Token);
        var loser = await Task.WhenAny(timer, arrival) == arrival ? timerEnd : waitEnd;
        loser.Cancel();
        return await arrival;
    }

    /// <summary>Shows a value in the instance's status from the end of this step on; <see langword="null"/> shows none. At most 16 KiB of JSON.</summary>
    public abstract void SetCustomStatus(object? customStatus);

    /// <summary>Starts over with a new input and an empty history when the orchestrator returns, which it should do at once.
    /// What is still running is forgotten.</summary>
    public abstract void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);

    /// <summary>Starts over with a new input and an empty history when the orchestrator returns.</summary>
    public virtual void ContinueAsNew(ContinueAsNewOptions options) =>
        ContinueAsNew(options.NewInput, options.PreserveUnprocessedEvents);

    /// <summary>An identifier that is the same at every replay: a version 5 UUID of instance, time and a running number.</summary>
    public abstract Guid NewGuid();

    /// <summary>A logger that is silent while replaying.</summary>
    public virtual ILogger CreateReplaySafeLogger(string categoryName) => ReplaySafeLoggerFactory.CreateLogger(categoryName);

    /// <summary>A logger, named after a type, that is silent while replaying.</summary>
    public virtual ILogger CreateReplaySafeLogger(Type type) => ReplaySafeLoggerFactory.CreateLogger(type);

    /// <summary>A logger, named after a type, that is silent while replaying.</summary>
    public virtual ILogger CreateReplaySafeLogger<T>() => ReplaySafeLoggerFactory.CreateLogger<T>();
}

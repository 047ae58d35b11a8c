using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using LocalRuntime.Durable.History;
using LocalRuntime.Durable.Tracing;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Durable.Running;

/// <summary>Runs activities, so many at once. An activity runs at least once: again, if the process ended before its result was on record.</summary>
[SuppressMessage("Design", "CA1001", Justification = "An activity that ignores its cancellation outlives the pool, and uses both of its disposables.")]
internal sealed class ActivityPool(IEnumerable<ActivityDefinition> activities, int maxConcurrent, ILogger logger, CancellationToken aborted)
{
    private readonly Dictionary<string, ActivityDefinition> byName = activities.ToDictionary(activity => activity.Name, StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim slots = new(maxConcurrent, maxConcurrent);
    private readonly CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(aborted);
    private readonly ConcurrentDictionary<Task, object?> running = new();

    /// <summary>Runs a call when there is room, and hands on its result or failure; neither, if the pool stops first.</summary>
    public void Start(string instanceId, Decision.CallActivity call, OrchestrationTrace? trace, Action<Arrival> onEnded)
    {
        var run = Task.Run(() => RunAsync(instanceId, call, trace, onEnded), CancellationToken.None);
        running[run] = null;
        run.ContinueWith(ended => running.TryRemove(ended, out _), TaskScheduler.Default);
    }

    /// <summary>Takes no more calls, cancels those that run, and returns when they have ended.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await Task.WhenAll(running.Keys).WaitAsync(cancellationToken);
    }

    private async Task RunAsync(string instanceId, Decision.CallActivity call, OrchestrationTrace? trace, Action<Arrival> onEnded)
    {
        await slots.WaitAsync(stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stopping.IsCancellationRequested)
        {
            return;
        }

        var run = CallAsync(instanceId, call, trace);
        await ((Task)run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        slots.Release();
        if (run.IsCompletedSuccessfully)
        {
            onEnded(new Arrival.ActivityCompleted(call.TaskId, await run));
        }
        else if (!(run.IsCanceled && stopping.IsCancellationRequested))
        {
            var failure = run.Exception?.InnerException ?? new TaskCanceledException(run);
            DurableLog.ActivityFailed(logger, failure, call.Name, call.TaskId, instanceId);
            onEnded(new Arrival.ActivityFailed(call.TaskId, TaskFailureDetails.FromException(failure)));
        }
    }

    // A method that throws before its first await becomes a failed task here.
    private async Task<string?> CallAsync(string instanceId, Decision.CallActivity call, OrchestrationTrace? trace)
    {
        using var span = DurableSpans.StartRun(call, instanceId, trace);
        // The real host's words for a name that it does not know.
        var activity = byName.TryGetValue(call.Name, out var known) ? known
            : throw new ArgumentException($"The function '{call.Name}' doesn't exist, is disabled, or is not an activity function.");
        return await activity.RunAsync(new ActivityCall(instanceId, call.Input), stopping.Token);
    }
}

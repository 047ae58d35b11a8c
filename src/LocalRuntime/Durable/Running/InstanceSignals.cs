using System.Collections.Concurrent;

namespace LocalRuntime.Durable.Running;

/// <summary>Tells those who wait for an instance that its status has changed, so that nobody polls.</summary>
internal sealed class InstanceSignals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new(StringComparer.Ordinal);

    /// <summary>Completes at the next change; ask for it before reading, or the change between is missed.</summary>
    public Task NextAsync(string instanceId) => waiting
        .GetOrAdd(instanceId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Says that the status on record has changed.</summary>
    public void Changed(string instanceId)
    {
        if (waiting.TryRemove(instanceId, out var signal))
        {
            signal.SetResult();
        }
    }
}

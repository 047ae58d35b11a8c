using LocalRuntime.Durable.History;
using Microsoft.DurableTask;

namespace LocalRuntime.Durable.Replay;

/// <summary>Brings events and those who wait for them together. The newest waiter of a name gets the event, even if its wait was
/// cancelled, as in the real worker (durabletask-dotnet, TaskOrchestrationContextWrapper.CompleteExternalEvent); without any, the event is kept.</summary>
internal sealed class ExternalEvents(OrchestratorThread thread, DataConverter converter)
{
    private readonly Dictionary<string, Stack<Waiter>> waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Arrival.EventRaised> early = [];

    /// <summary>Whether anyone waits.</summary>
    public bool HasWaiters => waiters.Values.Any(stack => stack.Any(waiter => !waiter.Payload.Task.IsCompleted));

    /// <summary>Waits for the next event of a name, or takes the oldest early one.</summary>
    /// <exception cref="ArgumentException">Another waiter of this name expects another type.</exception>
    public Task<T> WaitAsync<T>(string name, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(typeof(T), new TaskCompletionSource<string?>());
        var stack = waiters.TryGetValue(name, out var existing) ? existing : waiters[name] = new Stack<Waiter>();
        if (stack.TryPeek(out var newest) && newest.Type != waiter.Type)
        {
            throw new ArgumentException(
                $"Events with the same name must have the same type argument. Expected {newest.Type.FullName} but was requested {waiter.Type.FullName}.");
        }

        stack.Push(waiter);
        var index = early.FindIndex(raised => string.Equals(raised.Name, name, StringComparison.OrdinalIgnoreCase));
        if (index >= 0)
        {
            var raised = early[index];
            early.RemoveAt(index);
            Arrive(raised);
        }

        cancellationToken.Register(() => Cancel(waiter, cancellationToken));
        return ReadAsync<T>(waiter.Payload.Task);
    }

    /// <summary>Gives an event to whoever waits for it, or keeps it.</summary>
    public void Arrive(Arrival.EventRaised raised)
    {
        if (waiters.TryGetValue(raised.Name, out var stack) && stack.TryPop(out var waiter))
        {
            waiter.Payload.TrySetResult(raised.Payload);
        }
        else
        {
            early.Add(raised);
        }
    }

    /// <summary>The events that nobody has waited for, oldest first.</summary>
    public IReadOnlyList<Arrival.EventRaised> TakeEarly()
    {
        Arrival.EventRaised[] taken = [.. early];
        early.Clear();
        return taken;
    }

    private async Task<T> ReadAsync<T>(Task<string?> payload) => converter.Deserialize<T>(await payload)!;

    private void Cancel(Waiter waiter, CancellationToken cancellationToken)
    {
        if (thread.IsCurrent)
        {
            waiter.Payload.TrySetCanceled(cancellationToken);
        }
        else
        {
            thread.ReportIllegalAwait();
        }
    }

    private sealed record Waiter(Type Type, TaskCompletionSource<string?> Payload);
}

using LocalRuntime.Durable.History;
using LocalRuntime.Durable.Tracing;

namespace LocalRuntime.Durable.Running;

/// <summary>What one execution has under way in this process: activities started, timers set.</summary>
internal sealed class OpenWork(
    string instanceId, int execution, OrchestrationTrace? trace, DriverServices services, Action<Message> post) : IDisposable
{
    private readonly HashSet<int> started = [];
    private readonly Dictionary<int, DurableTimer> timers = [];

    /// <summary>Starts what is open and not under way, and drops the timers that are no longer open.</summary>
    public void Match(IReadOnlyCollection<Decision> open)
    {
        foreach (var decision in open)
        {
            if (started.Add(decision.TaskId))
            {
                Start(decision);
            }
        }

        if (timers.Count > 0)
        {
            var wanted = open.Select(decision => decision.TaskId).ToHashSet();
            foreach (var (id, timer) in timers.Where(timer => !wanted.Contains(timer.Key)).ToList())
            {
                timer.Dispose();
                timers.Remove(id);
            }
        }
    }

    /// <summary>Drops all timers. Activities run to their end, unheard.</summary>
    public void Dispose()
    {
        foreach (var timer in timers.Values)
        {
            timer.Dispose();
        }
    }

    private void Start(Decision decision)
    {
        switch (decision)
        {
            case Decision.CallActivity call:
                services.Activities.Start(instanceId, call, trace, arrival => post(new Message.Arrived(arrival, execution)));
                break;
            case Decision.CreateTimer timer:
                timers.Add(timer.TaskId, new DurableTimer(timer.FireAt, services.Time, () => post(new Message.Arrived(new Arrival.TimerFired(timer.TaskId), execution))));
                break;
        }
    }
}

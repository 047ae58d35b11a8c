using System.Diagnostics;
using System.Threading.Channels;
using LocalRuntime.Durable.History;
using LocalRuntime.Durable.Journal;
using LocalRuntime.Durable.Replay;
using LocalRuntime.Durable.Tracing;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Durable.Running;

/// <summary>Carries one orchestration to its end: takes what has arrived, replays the code on it, records the step, starts what the
/// code asked for. Whatever arrives while a step is written waits, and makes up the next step together.</summary>
internal sealed class OrchestrationDriver
{
    private readonly Channel<Message> inbox = Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<Episode> history = [];
    private readonly List<string> historyKeys = [];
    private readonly DriverServices services;
    private readonly Steps steps;
    private InstanceState state;
    private OpenWork work;

    /// <summary>A driver of an instance as it was recorded last.</summary>
    public OrchestrationDriver(OrchestratorDefinition definition, InstanceState state, DriverServices services)
    {
        (this.state, this.services, StartId) = (state, services, state.StartId);
        steps = new Steps(definition, services.Replayer, services.Time, () => TryPost(new Message.IllegalAwait()));
        work = NewWork();
    }

    /// <summary>The start it drives.</summary>
    public Guid StartId { get; }

    /// <summary>Its run; ends with the orchestration, or with the engine.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Begins to drive, until the orchestration has ended or <see cref="Stop"/> was called.</summary>
    /// <param name="around">Runs the run, and deals with what it throws: <see cref="JournalConflictException"/> and <see cref="LeaseLostException"/>.</param>
    /// <param name="cancellationToken">Ends it without a further write.</param>
    public void Start(Func<Func<Task>, Task> around, CancellationToken cancellationToken) =>
        Ended = Task.Run(
            () =>
            {
                // Whoever started it may be in a span: what is done here is not of that one.
                Activity.Current = null;
                return around(() => RunAsync(cancellationToken));
            },
            CancellationToken.None);

    /// <summary>Tells it something. False: it has ended.</summary>
    public bool TryPost(Message message) => inbox.Writer.TryWrite(message);

    /// <summary>Takes no more messages; the run ends when those it has are done.</summary>
    public void Stop() => inbox.Writer.TryComplete();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await InSlotAsync(ResumeAsync, cancellationToken);
            while (!state.IsFinished && await inbox.Reader.WaitToReadAsync(cancellationToken))
            {
                await InSlotAsync(StepAsync, cancellationToken);
            }
        }
        finally
        {
            work.Dispose();
            Stop();
            RefuseRest();
        }
    }

    private async Task InSlotAsync(Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        await services.Slots.WaitAsync(cancellationToken);
        try
        {
            await action(cancellationToken);
        }
        finally
        {
            services.Slots.Release();
        }
    }

    private async Task ResumeAsync(CancellationToken cancellationToken)
    {
        if (state.Version > 0)
        {
            var stored = await services.PersistAsync(() => services.Journal.LoadAsync(state.InstanceId, cancellationToken), cancellationToken);
            state = stored.State;
            history.AddRange(stored.History);
            historyKeys.AddRange(stored.HistoryKeys);
            work = NewWork();
            await DeleteAsync(stored.VoidKeys, cancellationToken);
        }

        if (history.Count == 0)
        {
            TryPost(new Message.Arrived(new Arrival.Started()));
            return;
        }

        var resumed = steps.Replay(state, history);
        if (resumed.Ending is Ending.Failed broken)
        {
            await FinishAsync(Steps.Fail(state, broken.Failure), cancellationToken);
        }
        else
        {
            work.Match(resumed.Open);
        }
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        var messages = new List<Message>();
        while (inbox.Reader.TryRead(out var message))
        {
            messages.Add(message);
        }

        try
        {
            await HandleAsync(messages, cancellationToken);
            messages.ForEach(message => message.Recorded?.TrySetResult());
        }
        finally
        {
            messages.ForEach(Refuse);
        }
    }

    private async Task HandleAsync(List<Message> messages, CancellationToken cancellationToken)
    {
        await services.PersistAsync(() => services.Lease.EnsureHeldAsync(cancellationToken), cancellationToken);
        // A client may be quicker than the driver: the start still comes first.
        var arrivals = messages.OfType<Message.Arrived>().Where(IsCurrent).Select(arrived => arrived.What)
            .OrderBy(arrival => arrival is not Arrival.Started).ToList();
        if (messages.OfType<Message.Terminate>().FirstOrDefault() is { } end)
        {
            await FinishAsync(state with { Status = OrchestrationRuntimeStatus.Terminated, Output = end.Output }, cancellationToken);
        }
        else if (messages.Any(message => message is Message.IllegalAwait))
        {
            await FinishAsync(Steps.Fail(state, Replayer.IllegalAwait), cancellationToken);
        }
        else if (arrivals.Count > 0)
        {
            await RecordAsync(steps.Next(state, history, arrivals, cancellationToken), cancellationToken);
        }
    }

    private async Task RecordAsync(Step step, CancellationToken cancellationToken)
    {
        var before = state;
        (state, var keys) = await CommitAsync(step.State, step.Episode, cancellationToken);
        string[] ended = [];
        if (state.Execution != before.Execution)
        {
            ended = [.. historyKeys];
            history.Clear();
            historyKeys.Clear();
            work.Dispose();
            work = NewWork();
        }

        history.Add(step.Episode);
        historyKeys.AddRange(keys);
        if (state.Status != before.Status)
        {
            services.Signals.Changed(state.InstanceId);
        }

        TraceEnd();
        work.Match(state.IsFinished ? [] : step.Open);
        await DeleteAsync(ended, cancellationToken);
    }

    private async Task FinishAsync(InstanceState next, CancellationToken cancellationToken)
    {
        (state, _) = await CommitAsync(next, null, cancellationToken);
        services.Signals.Changed(state.InstanceId);
        TraceEnd();
    }

    private void TraceEnd()
    {
        if (state.IsFinished)
        {
            DurableSpans.Write(state);
        }
    }

    private Task<(InstanceState State, IReadOnlyList<string> Keys)> CommitAsync(
        InstanceState next, Episode? episode, CancellationToken cancellationToken) => services.PersistAsync(
            () => services.Journal.CommitAsync(state, next with { UpdatedAt = services.Time.GetUtcNow() }, episode, cancellationToken), cancellationToken);

    private Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        services.PersistAsync(() => services.Journal.DeleteAsync(state.InstanceId, keys, cancellationToken), cancellationToken);

    private bool IsCurrent(Message.Arrived arrived) => arrived.Execution is null || arrived.Execution == state.Execution;

    private OpenWork NewWork() => new(state.InstanceId, state.Execution, state.Trace, services, message => TryPost(message));

    private void RefuseRest()
    {
        while (inbox.Reader.TryRead(out var message))
        {
            Refuse(message);
        }
    }

    // Without effect on what is on record.
    private void Refuse(Message message) => message.Recorded?.TrySetException(
        new InvalidOperationException($"The orchestration instance '{state.InstanceId}' is not running."));
}

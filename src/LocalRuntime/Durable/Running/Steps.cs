using LocalRuntime.Durable.History;
using LocalRuntime.Durable.Journal;
using LocalRuntime.Durable.Replay;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Durable.Running;

/// <summary>Works out the next step of an orchestration; touches nothing.</summary>
internal sealed class Steps(OrchestratorDefinition definition, Replayer replayer, TimeProvider time, Action onIllegalAwait)
{
    private static readonly TaskFailureDetails TooLarge = TaskFailureDetails.FromException(
        new InvalidOperationException($"The output is larger than {StateRow.MaxPayloadBytes} bytes."));

    /// <summary>What is open after a history.</summary>
    public ReplayResult Replay(InstanceState state, IReadOnlyList<Episode> history) => Run(state, history, null);

    /// <summary>The step that follows when something arrives. One that starts over is followed by the next execution's first, and only that one is recorded.</summary>
    public Step Next(InstanceState state, IReadOnlyList<Episode> history, IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken)
    {
        var episode = new Episode(time.GetUtcNow(), arrivals, []);
        var result = Run(state, history, episode);
        while (result.Ending is Ending.ContinuedAsNew again)
        {
            cancellationToken.ThrowIfCancellationRequested();
            state = WithStatus(state, result) with { Execution = state.Execution + 1, Episodes = 0, Input = again.Input };
            episode = new Episode(time.GetUtcNow(), [new Arrival.Started(), .. again.Carried], []);
            result = Run(state, [], episode);
        }

        var next = WithStatus(state, result) with { Episodes = state.Episodes + 1, Status = OrchestrationRuntimeStatus.Running };
        return new Step(Conclude(next, result.Ending), episode with { Decisions = result.Decisions }, result.Open);
    }

    /// <summary>An instance that has failed.</summary>
    public static InstanceState Fail(InstanceState state, TaskFailureDetails failure) =>
        state with { Status = OrchestrationRuntimeStatus.Failed, Failure = failure };

    private static InstanceState Conclude(InstanceState next, Ending? ending) => ending switch
    {
        Ending.Completed done when StateRow.Fits(done.Output) => next with { Status = OrchestrationRuntimeStatus.Completed, Output = done.Output },
        Ending.Completed => Fail(next, TooLarge),
        Ending.Failed failed => Fail(next, failed.Failure),
        _ => next,
    };

    // An execution that sets no custom status keeps the one of the execution before.
    private static InstanceState WithStatus(InstanceState state, ReplayResult result) =>
        result.Status is { } status ? state with { CustomStatus = status.Json } : state;

    private ReplayResult Run(InstanceState state, IReadOnlyList<Episode> history, Episode? next) => replayer.Run(
        definition, new Execution(state.Name, state.InstanceId, state.Input), history, next, onIllegalAwait);
}

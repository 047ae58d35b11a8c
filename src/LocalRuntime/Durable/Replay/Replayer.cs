using LocalRuntime.Durable.History;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Durable.Replay;

/// <summary>Runs an orchestrator's code again from its history, and then one step further.</summary>
/// <remarks>The code sees each step's arrivals in order and must decide what it decided then: the same activities and timers,
/// in the same order, step by step. If it does not, the execution fails with a message that names both.
/// Nothing here waits: after the last arrival the code either has ended or awaits something durable; if it awaits
/// neither, it awaits something that is not, and fails too.</remarks>
internal sealed class Replayer(DataConverter converter, ILoggerFactory loggers)
{
    // DurableTask.Core's name for it; the type itself is not visible to apps.
    private const string NonDeterminism = "DurableTask.Core.Exceptions.NonDeterministicOrchestrationException";

    private const string Advice = "Was the code changed while the instance ran, or does it depend on the clock, chance or I/O?";

    /// <summary>Replays the history, then runs the new step.</summary>
    /// <param name="definition">The code.</param>
    /// <param name="execution">What it can know from the start.</param>
    /// <param name="history">All steps so far; with a new step it may be empty.</param>
    /// <param name="next">The new step, without decisions; absent: only replay.</param>
    /// <param name="onIllegalAwait">Called, from any thread and possibly later, when the code turns out to have awaited something that is not durable.</param>
    public ReplayResult Run(
        OrchestratorDefinition definition, Execution execution, IReadOnlyList<Episode> history, Episode? next, Action onIllegalAwait)
    {
        var thread = new OrchestratorThread(onIllegalAwait);
        var context = new ReplayContext(execution, thread, converter, loggers);
        Task<string?>? code = null;
        foreach (var episode in history)
        {
            Step(episode, replaying: true);
            // The step in which the code ends is never in a history: the instance ends with it.
            var difference = Difference(episode.Decisions, context.TakeDecisions())
                ?? (code is { IsCompleted: true } ? "its history goes on where the code now ends." : null);
            if (difference is not null)
            {
                return Result(new Ending.Failed(new TaskFailureDetails(
                    NonDeterminism, $"Non-deterministic orchestrator '{execution.Name}', instance '{execution.InstanceId}': {difference} {Advice}", null, null, null)));
            }
        }

        if (next is not null)
        {
            Step(next, replaying: false);
        }

        return Result(code switch
        {
            null => throw new InvalidOperationException($"The history of '{execution.InstanceId}' does not begin with its start."),
            { IsCompletedSuccessfully: true } => context.TakeContinuation() ?? (Ending)new Ending.Completed(code.GetAwaiter().GetResult()),
            { IsFaulted: true } => new Ending.Failed(TaskFailureDetails.FromException(code.Exception.InnerException!)),
            { IsCanceled: true } => new Ending.Failed(TaskFailureDetails.FromException(new TaskCanceledException(code))),
            _ when !context.CanContinue => new Ending.Failed(IllegalAwait),
            _ => null,
        });

        void Step(Episode episode, bool replaying)
        {
            context.BeginStep(episode.At, replaying);
            foreach (var arrival in episode.Arrivals)
            {
                thread.Run(() =>
                {
                    context.Apply(arrival);
                    code ??= StartAsync();
                });
            }
        }

        // A method that throws before its first await becomes a failed task here.
        async Task<string?> StartAsync() => await definition.RunAsync(context);

        ReplayResult Result(Ending? ending) => new(context.TakeDecisions(), context.Open, context.Status, ending);
    }

    /// <summary>The failure of code that awaited something that is not durable.</summary>
    public static TaskFailureDetails IllegalAwait { get; } =
        TaskFailureDetails.FromException(new InvalidOperationException(OrchestratorThread.IllegalAwaitMessage));

    private static string? Difference(IReadOnlyList<Decision> recorded, IReadOnlyList<Decision> asked)
    {
        for (var index = 0; index < Math.Max(recorded.Count, asked.Count); index++)
        {
            var then = recorded.ElementAtOrDefault(index);
            var now = asked.ElementAtOrDefault(index);
            if (then is null || now is null || !then.IsSameAs(now))
            {
                return $"its history has {then?.Describe() ?? "nothing"} where the code now asks for {now?.Describe() ?? "nothing"}.";
            }
        }

        return null;
    }
}

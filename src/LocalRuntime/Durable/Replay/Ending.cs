using LocalRuntime.Durable.History;
using Microsoft.DurableTask;

namespace LocalRuntime.Durable.Replay;

/// <summary>How an execution ended.</summary>
internal abstract record Ending
{
    /// <summary>The code returned.</summary>
    internal sealed record Completed(string? Output) : Ending;

    /// <summary>The code threw, or broke the rules of replay.</summary>
    internal sealed record Failed(TaskFailureDetails Failure) : Ending;

    /// <summary>The code starts over, and takes along the events that nobody has waited for.</summary>
    internal sealed record ContinuedAsNew(string? Input, IReadOnlyList<Arrival.EventRaised> Carried) : Ending;
}

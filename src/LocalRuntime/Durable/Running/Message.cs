using LocalRuntime.Durable.History;

namespace LocalRuntime.Durable.Running;

/// <summary>What a driver is told.</summary>
/// <param name="Recorded">Completed when it is on record; failed when it never will be; absent when nobody waits.</param>
internal abstract record Message(TaskCompletionSource? Recorded)
{
    /// <summary>Something arrived at the orchestration.</summary>
    /// <param name="What">What.</param>
    /// <param name="Execution">The execution it answers; absent: whichever runs.</param>
    /// <param name="Recorded">Completed when it is on record.</param>
    internal sealed record Arrived(Arrival What, int? Execution = null, TaskCompletionSource? Recorded = null) : Message(Recorded);

    /// <summary>A client ends the orchestration.</summary>
    internal sealed record Terminate(string? Output, TaskCompletionSource? Recorded) : Message(Recorded);

    /// <summary>The code has awaited something that is not durable.</summary>
    internal sealed record IllegalAwait() : Message((TaskCompletionSource?)null);
}

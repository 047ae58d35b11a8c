using LocalRuntime.Durable.History;

namespace LocalRuntime.Durable.Replay;

/// <summary>Where an orchestration stands after its history and, if there was one, a new step.</summary>
/// <param name="Decisions">What the new step asked for.</param>
/// <param name="Open">Everything asked for that is neither done nor cancelled, by task id.</param>
/// <param name="Status">The custom status.</param>
/// <param name="Ending">How it ended; absent while it waits.</param>
internal sealed record ReplayResult(
    IReadOnlyList<Decision> Decisions, IReadOnlyCollection<Decision> Open, CustomStatus? Status, Ending? Ending);

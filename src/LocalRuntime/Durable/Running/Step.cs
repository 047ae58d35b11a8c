using LocalRuntime.Durable.History;
using LocalRuntime.Durable.Journal;

namespace LocalRuntime.Durable.Running;

/// <summary>A step worked out and not yet recorded.</summary>
/// <param name="State">The instance after it.</param>
/// <param name="Episode">What goes into the history.</param>
/// <param name="Open">What is to be under way after it.</param>
internal sealed record Step(InstanceState State, Episode Episode, IReadOnlyCollection<Decision> Open);

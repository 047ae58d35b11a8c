using Microsoft.DurableTask;

namespace LocalRuntime.Durable;

/// <summary>An orchestrator function by name.</summary>
/// <param name="Name">Compared without regard to case.</param>
/// <param name="RunAsync">Runs it on a context, from its beginning, at every event; returns its serialized output.
/// It may await only the tasks of that context, and nothing with <c>ConfigureAwait(false)</c>.</param>
internal sealed record OrchestratorDefinition(string Name, Func<TaskOrchestrationContext, Task<string?>> RunAsync);

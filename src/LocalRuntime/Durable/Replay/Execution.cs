namespace LocalRuntime.Durable.Replay;

/// <summary>What an orchestrator's code can know of itself from the start.</summary>
/// <param name="Name">The orchestrator's name.</param>
/// <param name="InstanceId">The instance id.</param>
/// <param name="Input">The serialized input; absent when there is none.</param>
internal sealed record Execution(string Name, string InstanceId, string? Input);

namespace LocalRuntime.Durable;

/// <summary>One call of an activity.</summary>
/// <param name="InstanceId">The orchestration that called.</param>
/// <param name="InputJson">The serialized input; absent when there is none.</param>
internal sealed record ActivityCall(string InstanceId, string? InputJson);

/// <summary>An activity function by name.</summary>
/// <param name="Name">Compared without regard to case.</param>
/// <param name="RunAsync">Runs it; returns its serialized result. An exception is the call's failure, except a cancellation
/// by the token at shutdown: then the call counts as not run.</param>
internal sealed record ActivityDefinition(string Name, Func<ActivityCall, CancellationToken, Task<string?>> RunAsync);

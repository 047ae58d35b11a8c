using Azure;
using LocalRuntime.Durable.Tracing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Durable.Journal;

/// <summary>What the journal says of an instance, its history aside. One row; every write of the instance goes through its ETag.</summary>
internal sealed record InstanceState
{
    /// <summary>The instance id, which is the partition.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The orchestrator's name.</summary>
    public required string Name { get; init; }

    /// <summary>Tells this start of the id from an earlier or a competing one.</summary>
    public required Guid StartId { get; init; }

    /// <summary>Counts continue-as-new and new starts of a finished instance; history of other executions is void.</summary>
    public int Execution { get; init; }

    /// <summary>Steps of this execution that are on record; history beyond is void.</summary>
    public int Episodes { get; init; }

    /// <summary>Counts writes: tells a writer whose answer was lost that the write is its own.</summary>
    public int Version { get; init; }

    /// <summary>The lease under which it was last written.</summary>
    public Guid Writer { get; init; }

    /// <summary>Where it stands: pending, running, completed, failed or terminated.</summary>
    public OrchestrationRuntimeStatus Status { get; init; } = OrchestrationRuntimeStatus.Pending;

    /// <summary>The serialized input.</summary>
    public string? Input { get; init; }

    /// <summary>The serialized output.</summary>
    public string? Output { get; init; }

    /// <summary>The serialized custom status.</summary>
    public string? CustomStatus { get; init; }

    /// <summary>Why it failed.</summary>
    public TaskFailureDetails? Failure { get; init; }

    /// <summary>Where it stands in the trace of who started it; null when nobody traced.</summary>
    public OrchestrationTrace? Trace { get; init; }

    /// <summary>When it was started, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last written, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The row as it was read or written; default for a row that is new.</summary>
    public ETag ETag { get; init; }

    /// <summary>Whether it has ended.</summary>
    public bool IsFinished => Status is not (OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running);
}

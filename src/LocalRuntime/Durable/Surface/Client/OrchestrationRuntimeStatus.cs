namespace Microsoft.DurableTask.Client;

/// <summary>Where an instance stands.</summary>
public enum OrchestrationRuntimeStatus
{
    /// <summary>Its first step is done, its last is not.</summary>
    Running = 0,

    /// <summary>It returned.</summary>
    Completed = 1,

    /// <summary>Never reported: an instance that starts over is <see cref="Running"/>.</summary>
    ContinuedAsNew = 2,

    /// <summary>It threw.</summary>
    Failed = 3,

    /// <summary>Never reported.</summary>
    Canceled = 4,

    /// <summary>A client ended it.</summary>
    Terminated = 5,

    /// <summary>It is accepted and has not run yet.</summary>
    Pending = 6,

    /// <summary>Never reported: suspending is not offered here.</summary>
    Suspended = 7,
}

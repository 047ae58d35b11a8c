namespace Microsoft.DurableTask;

/// <summary>How an orchestration is started.</summary>
public record StartOrchestrationOptions
{
    /// <summary>Options with an instance id; none: a new one is made up.</summary>
    /// <param name="InstanceId">At most 256 characters, not starting with <c>@</c>, without <c>/ \ # ?</c> and control characters.</param>
    /// <param name="StartAt">Not supported: the Functions host starts at once whatever it says, so a value is refused here.</param>
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    /// <summary>A copy.</summary>
    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
    }

    /// <summary>The instance id; none: a new one is made up.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Not supported; see the constructor.</summary>
    public DateTimeOffset? StartAt { get; init; }
}

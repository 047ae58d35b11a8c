namespace Microsoft.DurableTask;

/// <summary>What an activity may know about the call it serves.</summary>
public abstract class TaskActivityContext
{
    /// <summary>The activity's name.</summary>
    public abstract TaskName Name { get; }

    /// <summary>The instance id of the orchestration that called.</summary>
    public abstract string InstanceId { get; }
}

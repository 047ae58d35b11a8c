namespace Microsoft.DurableTask;

/// <summary>An activity failed, and was not repeated or not again.</summary>
public sealed class TaskFailedException : Exception
{
    /// <summary>The failure of a task by its details.</summary>
    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : base(Describe(taskName, taskId, failureDetails.ErrorMessage)) =>
        (TaskName, TaskId, FailureDetails) = (taskName, taskId, failureDetails);

    /// <summary>The failure of a task by the exception it threw.</summary>
    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : base(Describe(taskName, taskId, innerException.Message), innerException) =>
        (TaskName, TaskId, FailureDetails) = (taskName, taskId, TaskFailureDetails.FromException(innerException));

    /// <summary>The activity's name.</summary>
    public string TaskName { get; }

    /// <summary>The number of the call within its orchestration; from 0.</summary>
    public int TaskId { get; }

    /// <summary>What the activity threw.</summary>
    public TaskFailureDetails FailureDetails { get; }

    private static string Describe(string taskName, int taskId, string message) =>
        $"Task '{taskName}' (#{taskId}) failed with an unhandled exception: {message}";
}

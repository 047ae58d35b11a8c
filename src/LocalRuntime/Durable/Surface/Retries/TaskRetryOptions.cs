namespace Microsoft.DurableTask;

/// <summary>What decides whether a failed call is repeated: a policy or a handler.</summary>
public sealed class TaskRetryOptions
{
    /// <summary>Repeats by arithmetic.</summary>
    public TaskRetryOptions(RetryPolicy policy) => Policy = policy;

    /// <summary>Repeats while the handler says so.</summary>
    public TaskRetryOptions(AsyncRetryHandler handler) => Handler = handler;

    /// <summary>The policy, unless there is a handler.</summary>
    public RetryPolicy? Policy { get; }

    /// <summary>The handler, unless there is a policy.</summary>
    public AsyncRetryHandler? Handler { get; }

    /// <summary>Repeats by arithmetic.</summary>
    public static implicit operator TaskRetryOptions(RetryPolicy policy) => FromRetryPolicy(policy);

    /// <summary>Repeats while the handler says so.</summary>
    public static implicit operator TaskRetryOptions(AsyncRetryHandler handler) => FromRetryHandler(handler);

    /// <summary>Repeats while the handler says so.</summary>
    public static implicit operator TaskRetryOptions(RetryHandler handler) => FromRetryHandler(handler);

    /// <summary>Repeats by arithmetic.</summary>
    public static TaskRetryOptions FromRetryPolicy(RetryPolicy policy) => new(policy);

    /// <summary>Repeats while the handler says so.</summary>
    public static TaskRetryOptions FromRetryHandler(AsyncRetryHandler handler) => new(handler);

    /// <summary>Repeats while the handler says so.</summary>
    public static TaskRetryOptions FromRetryHandler(RetryHandler handler) => new(context => Task.FromResult(handler(context)));
}

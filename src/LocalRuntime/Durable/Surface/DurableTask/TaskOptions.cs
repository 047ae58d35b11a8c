namespace Microsoft.DurableTask;

/// <summary>How one call of an activity is carried out.</summary>
public record TaskOptions
{
    /// <summary>Options with what decides about repeats, if anything.</summary>
    public TaskOptions(TaskRetryOptions? retry) => Retry = retry;

    /// <summary>A copy.</summary>
    public TaskOptions(TaskOptions options) => Retry = options.Retry;

    /// <summary>What decides whether a failed call is repeated; none: it is not.</summary>
    public TaskRetryOptions? Retry { get; init; }

    /// <summary>Repeats by arithmetic.</summary>
    public static TaskOptions FromRetryPolicy(RetryPolicy policy) => new(TaskRetryOptions.FromRetryPolicy(policy));

    /// <summary>Repeats while the handler says so.</summary>
    public static TaskOptions FromRetryHandler(AsyncRetryHandler handler) => new(TaskRetryOptions.FromRetryHandler(handler));

    /// <summary>Repeats while the handler says so.</summary>
    public static TaskOptions FromRetryHandler(RetryHandler handler) => new(TaskRetryOptions.FromRetryHandler(handler));
}

namespace Microsoft.DurableTask;

/// <summary>Repeats a failed call after growing intervals.</summary>
public class RetryPolicy
{
    /// <summary>A policy: the n-th interval is <c>firstRetryInterval × backoffCoefficient^(n-1)</c>, at most <c>maxRetryInterval</c>.</summary>
    /// <param name="maxNumberOfAttempts">Calls in all, the first one included; at least 1.</param>
    /// <param name="firstRetryInterval">From the first failure to the second call; above zero.</param>
    /// <param name="backoffCoefficient">At least 1.</param>
    /// <param name="maxRetryInterval">At least the first interval; default one hour.</param>
    /// <param name="retryTimeout">From the first call on, after which no repeat begins; at least the first interval; default none.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of its bounds.</exception>
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxNumberOfAttempts);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(backoffCoefficient, 1.0);
        ThrowIfBelowFirst(maxRetryInterval, firstRetryInterval, nameof(maxRetryInterval));
        ThrowIfBelowFirst(retryTimeout, firstRetryInterval, nameof(retryTimeout));
        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval ?? TimeSpan.FromHours(1);
        RetryTimeout = retryTimeout ?? Timeout.InfiniteTimeSpan;
    }

    /// <summary>Calls in all, the first one included.</summary>
    public int MaxNumberOfAttempts { get; }

    /// <summary>From the first failure to the second call.</summary>
    public TimeSpan FirstRetryInterval { get; }

    /// <summary>By how much each interval exceeds the one before.</summary>
    /// <value>Defaults to 1.</value>
    public double BackoffCoefficient { get; }

    /// <summary>The longest interval; <see cref="Timeout.InfiniteTimeSpan"/> for no bound.</summary>
    /// <value>Defaults to one hour.</value>
    public TimeSpan MaxRetryInterval { get; }

    /// <summary>After which no repeat begins, counted from the first call.</summary>
    /// <value>Defaults to <see cref="Timeout.InfiniteTimeSpan"/>.</value>
    public TimeSpan RetryTimeout { get; }

    /// <summary>Whether a failure is worth a repeat.</summary>
    /// <value>Defaults to every failure.</value>
    public Func<Exception, bool> Handle { get; private init; } = _ => true;

    /// <summary>Whether a failure is worth a repeat, by its details; an exception of its own fails the orchestration.</summary>
    public Func<TaskFailureDetails, bool> HandleFailure
    {
        init => Handle = exception => value(((TaskFailedException)exception).FailureDetails);
    }

    private static void ThrowIfBelowFirst(TimeSpan? value, TimeSpan firstRetryInterval, string name)
    {
        if (value < firstRetryInterval && value != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(name, value, "Must be at least the first retry interval.");
        }
    }
}

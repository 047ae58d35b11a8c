namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which try of the function's own retry policy an invocation is.</summary>
public abstract class RetryContext
{
    /// <summary>Tries before this one.</summary>
    public abstract int RetryCount { get; }

    /// <summary>Tries the policy allows after the first.</summary>
    public abstract int MaxRetryCount { get; }
}

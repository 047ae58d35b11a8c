namespace Microsoft.DurableTask;

/// <summary>Decides whether a failed call is repeated, at once.</summary>
public delegate bool RetryHandler(RetryContext retryContext);

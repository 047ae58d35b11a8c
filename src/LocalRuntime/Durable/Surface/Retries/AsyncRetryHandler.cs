namespace Microsoft.DurableTask;

/// <summary>Decides whether a failed call is repeated; may wait for a durable timer first.</summary>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);

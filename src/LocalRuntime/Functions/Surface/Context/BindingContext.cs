namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the trigger of an invocation brought.</summary>
public abstract class BindingContext
{
    /// <summary>Values by name, regardless of case: route values and the query of an HTTP request; null for an optional one that is absent.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}

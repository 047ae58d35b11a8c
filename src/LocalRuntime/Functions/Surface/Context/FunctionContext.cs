namespace Microsoft.Azure.Functions.Worker;

/// <summary>One invocation of a function.</summary>
public abstract class FunctionContext
{
    /// <summary>Unique to this invocation.</summary>
    public abstract string InvocationId { get; }

    /// <summary>Unique to the function.</summary>
    public abstract string FunctionId { get; }

    /// <summary>The trace this invocation belongs to.</summary>
    public abstract TraceContext TraceContext { get; }

    /// <summary>What the trigger brought, by name.</summary>
    public abstract BindingContext BindingContext { get; }

    /// <summary>Which try of the function's own retry policy this is.</summary>
    public abstract RetryContext RetryContext { get; }

    /// <summary>The invocation's services: a scope of its own.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>The function.</summary>
    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>What middleware and function hand to one another.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>What the runtime attaches to the invocation, by type.</summary>
    public abstract IInvocationFeatures Features { get; }

    /// <summary>Set when the caller is gone or the host stops.</summary>
    public virtual CancellationToken CancellationToken { get; } = CancellationToken.None;
}

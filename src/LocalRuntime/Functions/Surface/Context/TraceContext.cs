namespace Microsoft.Azure.Functions.Worker;

/// <summary>The distributed trace an invocation belongs to, as W3C Trace Context names it.</summary>
public abstract class TraceContext
{
    /// <summary>The <c>traceparent</c>; empty when nobody traces.</summary>
    public abstract string TraceParent { get; }

    /// <summary>The <c>tracestate</c>; empty when there is none.</summary>
    public abstract string TraceState { get; }
}

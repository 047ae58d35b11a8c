using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Functions.Invocation;

/// <summary>One run of a function: what the trigger brought, and in the end its result.</summary>
internal sealed class FunctionInvocation(FunctionMethod method, object? input, IReadOnlyDictionary<string, object?> bindingData, CancellationToken cancellationToken)
    : FunctionContext
{
    /// <summary>The function.</summary>
    public FunctionMethod Method { get; } = method;

    /// <summary>What the parameter with the trigger gets, or is made from.</summary>
    public object? Input { get; } = input;

    /// <summary>What the method returned; null when it returns nothing or has not returned.</summary>
    public object? Result { get; set; }

    /// <inheritdoc/>
    public override string InvocationId { get; } = Guid.CreateVersion7().ToString();

    /// <inheritdoc/>
    public override string FunctionId => Method.Function.Id;

    /// <inheritdoc/>
    public override FunctionDefinition FunctionDefinition => Method.Function;

    /// <inheritdoc/>
    public override TraceContext TraceContext { get; } = new ActivityTrace(Activity.Current);

    /// <inheritdoc/>
    public override BindingContext BindingContext { get; } = new TriggerData(bindingData);

    /// <inheritdoc/>
    public override RetryContext RetryContext { get; } = new NoRetry();

    /// <inheritdoc/>
    public override required IServiceProvider InstanceServices { get; set; }

    /// <inheritdoc/>
    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    /// <inheritdoc/>
    public override IInvocationFeatures Features { get; } = new InvocationFeatures();

    /// <inheritdoc/>
    public override CancellationToken CancellationToken { get; } = cancellationToken;

    private sealed class TriggerData(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData { get; } = data;
    }

    private sealed class NoRetry : RetryContext
    {
        public override int RetryCount => 0;

        public override int MaxRetryCount => 0;
    }

    private sealed class ActivityTrace(Activity? activity) : TraceContext
    {
        public override string TraceParent => activity?.Id ?? "";

        public override string TraceState => activity?.TraceStateString ?? "";
    }
}

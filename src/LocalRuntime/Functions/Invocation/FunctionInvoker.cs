using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRuntime.Functions.Invocation;

/// <summary>Runs functions: makes the invocation and its scope of services, runs the app's middleware around the method.</summary>
/// <remarks>
/// Everything before the method runs on the caller's thread without a pause, and everything after continues where the method did:
/// an orchestrator's replay depends on it.
/// </remarks>
internal sealed class FunctionInvoker(IServiceScopeFactory scopes, IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware)
{
    private readonly FunctionExecutionDelegate pipeline =
        middleware.Reverse().Aggregate((FunctionExecutionDelegate)(context => RunMethodAsync((FunctionInvocation)context)), (next, around) => around(next));

    /// <summary>Runs a function once.</summary>
    /// <param name="method">The function.</param>
    /// <param name="input">What its trigger's parameter gets.</param>
    /// <param name="bindingData">Other values, by parameter name.</param>
    /// <param name="prepare">Completes the invocation before middleware sees it.</param>
    /// <param name="cancellationToken">The invocation's token.</param>
    /// <returns>What the method returned.</returns>
    /// <remarks>The invocation has a span, within the current one.</remarks>
    /// <exception cref="InputConversionException">An argument could not be made from what the trigger brought.</exception>
    public async Task<object?> InvokeAsync(
        FunctionMethod method,
        object? input,
        IReadOnlyDictionary<string, object?> bindingData,
        Action<FunctionContext>? prepare,
        CancellationToken cancellationToken) =>
        await InvokeAsync(method, input, bindingData, prepare, invocation => InvocationSpan.AroundAsync(invocation, () => pipeline(invocation)), cancellationToken);

    /// <summary>Runs an orchestrator once: at every event again, and so without a span.</summary>
    /// <inheritdoc cref="InvokeAsync(FunctionMethod, object?, IReadOnlyDictionary{string, object?}, Action{FunctionContext}?, CancellationToken)"/>
    public async Task<object?> ReplayAsync(FunctionMethod method, object? input, IReadOnlyDictionary<string, object?> bindingData) =>
        await InvokeAsync(method, input, bindingData, prepare: null, invocation => pipeline(invocation), CancellationToken.None);

    private async Task<object?> InvokeAsync(
        FunctionMethod method,
        object? input,
        IReadOnlyDictionary<string, object?> bindingData,
        Action<FunctionContext>? prepare,
        Func<FunctionInvocation, Task> run,
        CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var invocation = new FunctionInvocation(method, input, bindingData, cancellationToken) { InstanceServices = scope.ServiceProvider };
        prepare?.Invoke(invocation);
        await run(invocation);
        return invocation.Result;
    }

    private static async Task RunMethodAsync(FunctionInvocation invocation) =>
        invocation.Result = await invocation.Method.RunAsync(invocation);
}

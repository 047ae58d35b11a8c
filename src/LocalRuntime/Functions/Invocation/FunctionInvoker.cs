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
    /// <exception cref="InputConversionException">An argument could not be made from what the trigger brought.</exception>
    public async Task<object?> InvokeAsync(
        FunctionMethod method,
        object? input,
        IReadOnlyDictionary<string, object?> bindingData,
        Action<FunctionContext>? prepare,
        CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var invocation = new FunctionInvocation(method, input, bindingData, cancellationToken) { InstanceServices = scope.ServiceProvider };
        prepare?.Invoke(invocation);
        await pipeline(invocation);
        return invocation.Result;
    }

    private static async Task RunMethodAsync(FunctionInvocation invocation) =>
        invocation.Result = await invocation.Method.RunAsync(invocation);
}

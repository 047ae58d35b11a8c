namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>Something that runs around every invocation.</summary>
public interface IFunctionsWorkerMiddleware
{
    /// <summary>Runs around one invocation.</summary>
    /// <param name="context">The invocation.</param>
    /// <param name="next">What it runs around.</param>
    /// <returns>The invocation's end.</returns>
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}

namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>The rest of an invocation: middleware, then the function.</summary>
/// <param name="context">The invocation.</param>
/// <returns>Its end.</returns>
public delegate Task FunctionExecutionDelegate(FunctionContext context);

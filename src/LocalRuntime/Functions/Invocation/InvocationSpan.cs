using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Functions.Invocation;

/// <summary>The span of an invocation, as the worker makes it (TelemetryProviderV1_37_0 in azure-functions-dotnet-worker).</summary>
/// <remarks>Unlike the worker's, an orchestrator's replays have none: the engine writes one for the whole orchestration.</remarks>
internal static class InvocationSpan
{
    /// <summary>The worker's source.</summary>
    public const string SourceName = "Microsoft.Azure.Functions.Worker";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Runs an invocation within its span.</summary>
    /// <param name="context">The invocation.</param>
    /// <param name="run">Runs it.</param>
    public static async Task AroundAsync(FunctionContext context, Func<Task> run)
    {
        using var span = Start(context);
        try
        {
            await run();
        }
        catch (Exception failure)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.Message);
            throw;
        }
    }

    private static Activity? Start(FunctionContext context)
    {
        ActivityContext.TryParse(context.TraceContext.TraceParent, context.TraceContext.TraceState, out var parent);
        return Source.StartActivity($"function {context.FunctionDefinition.Name}", ActivityKind.Internal, parent)
            ?.SetTag("faas.name", context.FunctionDefinition.Name).SetTag("faas.invocation_id", context.InvocationId);
    }
}

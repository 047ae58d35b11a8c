using System.Diagnostics;
using System.Runtime.CompilerServices;
using LocalRuntime.Durable.History;
using LocalRuntime.Durable.Journal;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Durable.Tracing;

/// <summary>The spans of orchestrations, named and tagged as in the real stack: <c>create_orchestration:</c> is the client's
/// (TraceHelper in durabletask-dotnet, source Microsoft.DurableTask), <c>orchestration:</c> and <c>activity:</c> are those of the
/// Functions host (TraceHelper in Azure/durabletask, source DurableTask.Core).</summary>
/// <remarks>A replay makes none. An orchestration has one span, from its start to its end and across its executions, written at its
/// end; a process that dies just then leaves it out. A run of an activity has one; one that runs again has another.</remarks>
internal static class DurableSpans
{
    /// <summary>The host's source.</summary>
    public const string EngineSource = "DurableTask.Core";

    private static readonly ActivitySource Client = new("Microsoft.DurableTask");
    private static readonly ActivitySource Engine = new(EngineSource);

    /// <summary>Begins the start of an orchestration.</summary>
    public static Activity? StartCreate(string name, string instanceId) =>
        Tag(Client.StartActivity($"create_orchestration:{name}", ActivityKind.Producer), "orchestration", name, instanceId);

    /// <summary>Begins a run of an activity.</summary>
    public static Activity? StartRun(Decision.CallActivity call, string instanceId, OrchestrationTrace? trace) =>
        Tag(Engine.StartActivity($"activity:{call.Name}", ActivityKind.Server, trace?.Own ?? default), "activity", call.Name, instanceId)
            ?.SetTag("durabletask.task.task_id", call.TaskId);

    /// <summary>Writes down the span of an orchestration that has ended.</summary>
    public static void Write(InstanceState state)
    {
        if (state.Trace is not { } trace)
        {
            return;
        }

        var span = Engine.StartActivity(
            ActivityKind.Server, trace.Starter, startTime: state.CreatedAt, name: $"orchestration:{state.Name}");
        if (span is null)
        {
            return;
        }

        SpanId(span) = trace.SpanId;
        Tag(span, "orchestration", state.Name, state.InstanceId)!.SetTag("durabletask.task.status", state.Status.ToString());
        if (state.Status == OrchestrationRuntimeStatus.Failed)
        {
            span.SetStatus(ActivityStatusCode.Error, state.Failure?.ErrorMessage);
        }

        span.SetEndTime(state.UpdatedAt.UtcDateTime);
        span.Dispose();
    }

    private static Activity? Tag(Activity? span, string type, string name, string instanceId) => span
        ?.SetTag("durabletask.type", type).SetTag("durabletask.task.name", name).SetTag("durabletask.task.instance_id", instanceId);

    // There is no public way to give a span the id that its children already name; the real stack does the same (DiagnosticActivityExtensions).
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spanId")]
    private static extern ref string? SpanId(Activity span);
}

using System.Diagnostics;

namespace LocalRuntime.Durable.Tracing;

/// <summary>Where an orchestration stands in the trace of who started it: on record with the start, so that it outlives the process.</summary>
/// <param name="TraceParent">The span that started it, in W3C form.</param>
/// <param name="SpanId">Its own span's id, 16 hex digits: chosen at the start, for its activities name it long before it ends.</param>
internal sealed record OrchestrationTrace(string TraceParent, string SpanId)
{
    /// <summary>Of an orchestration that is being started now; null when nobody traces.</summary>
    public static OrchestrationTrace? OfCurrent() => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id }
        ? new OrchestrationTrace(id, ActivitySpanId.CreateRandom().ToHexString())
        : null;

    /// <summary>The span that started it.</summary>
    public ActivityContext Starter => Parse(SpanIdOf(TraceParent));

    /// <summary>Its own span.</summary>
    public ActivityContext Own => Parse(SpanId);

    // version-traceid-spanid-flags, https://www.w3.org/TR/trace-context/#traceparent-header
    private static string SpanIdOf(string traceParent) => traceParent.Split('-')[2];

    private ActivityContext Parse(string spanId)
    {
        var parts = TraceParent.Split('-');
        return ActivityContext.Parse($"{parts[0]}-{parts[1]}-{spanId}-{parts[3]}", traceState: null);
    }
}

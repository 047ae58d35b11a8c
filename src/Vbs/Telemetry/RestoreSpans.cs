using System.Diagnostics;
using Vbs.Restores;

namespace Vbs.Telemetry;

/// <summary>The steps of a restore as spans of the source <c>Vbs</c>: <c>accept restore</c>, <c>restart restore</c>, <c>plan restore</c>,
/// <c>write segment</c>, <c>complete restore</c>, <c>fail restore</c>.</summary>
/// <remarks>They lie within the spans of the functions that do the work, and around those of the storage requests. All that they say
/// is ids and counts. Null, and without cost, while nobody listens.</remarks>
public static class RestoreSpans
{
    /// <summary>The source's name.</summary>
    public const string SourceName = "Vbs";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a step of a restore within the current span; dispose it at the step's end.</summary>
    public static Activity? Start(string step, ProjectId projectId, RestoreId restoreId) =>
        Start(step, projectId)?.SetTag(TelemetryNames.RestoreId, restoreId.ToString());

    /// <summary>Begins a step that comes before there is a restore.</summary>
    public static Activity? Start(string step, ProjectId projectId) =>
        Source.StartActivity(step)?.SetTag(TelemetryNames.ProjectId, projectId.ToString());

    /// <summary>Begins a step in the trace that accepted the restore, wherever that was; in one of its own when that is not known.</summary>
    /// <param name="step">The step.</param>
    /// <param name="traceParent">The span that accepted it, in W3C form.</param>
    /// <param name="projectId">The project.</param>
    /// <param name="restoreId">The restore.</param>
    public static Activity? Continue(string step, string? traceParent, ProjectId projectId, RestoreId restoreId) =>
        ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var accepted)
            ? Source.StartActivity(step, ActivityKind.Internal, accepted)
                ?.SetTag(TelemetryNames.ProjectId, projectId.ToString()).SetTag(TelemetryNames.RestoreId, restoreId.ToString())
            : Start(step, projectId, restoreId);

    /// <summary>Marks the step as one that will not succeed.</summary>
    public static void SetFault(this Activity? span, RestoreFault fault) =>
        span?.SetStatus(ActivityStatusCode.Error, fault.Reason).SetTag(TelemetryNames.ErrorType, fault.Code);
}

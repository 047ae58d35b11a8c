using System.Diagnostics;
using System.Text;
using Vbs.Telemetry;

namespace VbsFunctions.Tests.Telemetry;

/// <summary>Draws a trace as text, the same for each run: steps in the order they began, storage requests by name and each once,
/// however often it was made.</summary>
internal sealed class TraceTree(IEnumerable<Activity> spans)
{
    private static readonly string[] Shown =
        ["error.type", TelemetryNames.SegmentIndex, TelemetryNames.SegmentCount, TelemetryNames.BytesTotal, TelemetryNames.BytesRestored, TelemetryNames.BytesCleared, TelemetryNames.HttpStatus];

    private readonly ILookup<ActivitySpanId, Activity> children = spans.ToLookup(span => span.ParentSpanId);

    /// <summary>Everything below a span.</summary>
    public string Draw(ActivitySpanId root)
    {
        var text = new StringBuilder();
        Draw(text, root, depth: 0);
        return text.ToString();
    }

    private void Draw(StringBuilder text, ActivitySpanId parent, int depth)
    {
        var requests = children[parent].Where(IsStorage).Select(span => span.DisplayName).Distinct().Order(StringComparer.Ordinal);
        foreach (var request in requests)
        {
            text.Append(' ', 2 * depth).Append(request).Append('\n');
        }

        var steps = children[parent].Where(span => !IsStorage(span)).ToList();
        var firstSegment = steps.Where(step => Segment(step) >= 0).Select(step => step.StartTimeUtc).DefaultIfEmpty().Min();
        steps = [.. steps.OrderBy(step => Segment(step) < 0 ? step.StartTimeUtc : firstSegment).ThenBy(Segment)];
        foreach (var step in steps)
        {
            text.Append(' ', 2 * depth).Append(step.DisplayName);
            text.AppendJoin("", Shown.Where(name => step.GetTagItem(name) is not null).Select(name => $" {name}={step.GetTagItem(name)}")).Append('\n');
            Draw(text, step.SpanId, depth + 1);
        }
    }

    // Which of the segments under way at once began first is chance. The number is on our span, within those of the host.
    private int Segment(Activity span) =>
        span.GetTagItem(TelemetryNames.SegmentIndex) as int? ?? children[span.SpanId].Select(Segment).Append(-1).Max();

    private static bool IsStorage(Activity span) => span.Source.Name.StartsWith("Azure.", StringComparison.Ordinal);
}

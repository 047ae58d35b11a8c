using System.Diagnostics;
using Vbs.Telemetry;

namespace VbsFunctions.Tests.Telemetry;

/// <summary>The storage requests of one restore, counted: what docs/operations.md, "Cost", reckons with. 160 MiB in four objects and two
/// segments, of which 8 MiB are data.</summary>
public sealed class RestoreCostTests(OneRestore one) : IClassFixture<OneRestore>
{
    [Theory]
    [InlineData(0, 3, 2, 1)]
    [InlineData(1, 1, 1, 1)]
    public void A_segment_reads_each_object_once_and_writes_each_run_once(int index, int objects, int writes, int clears)
    {
        var segment = one.Trace.Single(span => span.DisplayName == "write segment" && index.Equals(span.GetTagItem(TelemetryNames.SegmentIndex)));
        var requests = RequestsOf(segment);

        Assert.Equal(objects, requests["BlobBaseClient.DownloadStreaming"].Count());
        Assert.Equal(2 + objects, requests["BlobBaseClient.DownloadContent"].Count());
        Assert.Equal(writes, requests["PageBlobClient.UploadPages"].Count());
        Assert.Equal(clears, requests["PageBlobClient.ClearPages"].Count());
        // Whoever writes first asks for the volume's length, and so does who comes before the answer; progress is one, and one more every 2 s.
        Assert.InRange(requests["BlobBaseClient.GetProperties"].Count(), 1, writes + clears);
        Assert.InRange(requests["TableClient.UpsertEntity"].Count(), 1, 30);
        Assert.Equal(6, requests.Count);
    }

    [Fact]
    public void An_accept_costs_four_requests_besides_the_start() =>
        Assert.Equal(4, RequestsOf(one.Trace.Single(span => span.DisplayName == "accept restore")).Sum(requests => requests.Count()));

    [Fact]
    public void A_plan_and_an_end_cost_a_fixed_number_of_requests()
    {
        Assert.Equal(19, RequestsOf(one.Trace.Single(span => span.DisplayName == "plan restore")).Sum(requests => requests.Count()));
        Assert.Equal(11, RequestsOf(one.Trace.Single(span => span.DisplayName == "complete restore")).Sum(requests => requests.Count()));
    }

    private ILookup<string, Activity> RequestsOf(Activity step) => one.Trace
        .Where(span => span.ParentSpanId == step.SpanId && span.Source.Name.StartsWith("Azure.", StringComparison.Ordinal))
        .ToLookup(span => span.DisplayName);
}

using Microsoft.Azure.Functions.Worker;
using Vbs.Backups;
using Vbs.Catalog;
using Vbs.Restores;
using Vbs.Restores.Planning;
using Vbs.Restores.Segments;
using Vbs.Telemetry;
using Vbs.Volumes;

namespace VbsFunctions.Orchestration;

/// <summary>What <see cref="WriteSegment"/> is to write.</summary>
/// <param name="ProjectId">The project that asked.</param>
/// <param name="RestoreId">The restore, whose lease the writes carry.</param>
/// <param name="VolumeId">The volume to write.</param>
/// <param name="Plan">What the plan came to.</param>
/// <param name="Index">The segment's number, from 0.</param>
/// <param name="Lane">The lane it runs in, from 0.</param>
/// <param name="LaneBytes">Bytes the lane had written before.</param>
public sealed record SegmentInput(
    ProjectId ProjectId, RestoreId RestoreId, VolumeId VolumeId, RestorePlan Plan, int Index, int Lane, long LaneBytes);

/// <summary>How a segment ended.</summary>
/// <param name="Bytes">Bytes of the volume it verified and wrote.</param>
/// <param name="Fault">Why it never will succeed; null when it did.</param>
public sealed record SegmentOutcome(long Bytes, RestoreFault? Fault = null);

/// <summary>Fetches, verifies and writes one segment. Safe to repeat: same bytes, same offsets, under the same lease.</summary>
public sealed class WriteSegment(
    PlanStore plans,
    ChunkStore chunks,
    VolumeStore volumes,
    CatalogTable catalog,
    SegmentPipelineOptions options,
    PieceMemory memory,
    RestoreMetrics metrics,
    TimeProvider time)
{
    /// <summary>The contract is every 5 s; a small table write each.</summary>
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(2);

    /// <summary>Writes a segment.</summary>
    [Function(nameof(WriteSegment))]
    public async Task<SegmentOutcome> RunAsync([ActivityTrigger] SegmentInput input, CancellationToken cancellationToken)
    {
        using var span = RestoreSpans.Start("write segment", input.ProjectId, input.RestoreId)
            ?.SetTag(TelemetryNames.VolumeId, input.VolumeId.ToString()).SetTag(TelemetryNames.SegmentIndex, input.Index);
        var tally = new SegmentTally();
        var segment = await plans.ReadSegmentAsync(input.RestoreId, input.Index, cancellationToken);
        var target = volumes.Open(input.ProjectId, input.VolumeId, input.RestoreId);
        var pipeline = new SegmentPipeline(
            chunks.OpenAsync,
            (first, count, ct) => plans.ReadDigestsAsync(input.RestoreId, first, count, ct),
            tally.Count((WritePages)target.WriteAsync),
            tally.Count((ClearPages)target.ClearAsync),
            options,
            memory);

        var done = 0L;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reports = ReportAsync(input, () => Interlocked.Read(ref done), ended.Token);
        try
        {
            var fault = await pipeline.RunAsync(segment, input.Plan, bytes => Interlocked.Add(ref done, bytes), cancellationToken);
            if (fault is not null)
            {
                span.SetFault(fault);
                CountFault(tally);
                return new SegmentOutcome(done, fault);
            }
        }
        finally
        {
            await ended.CancelAsync();
            await reports;
            metrics.SegmentWritten(tally.BytesRestored, tally.BytesCleared);
            span?.SetTag(TelemetryNames.BytesRestored, tally.BytesRestored).SetTag(TelemetryNames.BytesCleared, tally.BytesCleared);
        }

        await catalog.ReportProgressAsync(input.RestoreId, input.Lane, input.LaneBytes + done, cancellationToken);
        return new SegmentOutcome(done);
    }

    private void CountFault(SegmentTally tally)
    {
        if (!tally.VolumeRefused)
        {
            metrics.VerificationFailed();
        }
    }

    private async Task ReportAsync(SegmentInput input, Func<long> done, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(ReportInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                await catalog.ReportProgressAsync(input.RestoreId, input.Lane, input.LaneBytes + done(), ended);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The segment has ended; its last report is the caller's.
        }
    }
}

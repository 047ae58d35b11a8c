using System.Diagnostics;
using System.Diagnostics.Metrics;
using Vbs.Restores;

namespace Vbs.Telemetry;

/// <summary>What the service counts, on the meter <c>Vbs</c>. Names, units and meanings are told in docs/operations.md, "Metrics".</summary>
/// <remarks>
/// Tags have few values each: statuses, codes, outcomes; never an id. Costs nothing while nobody listens, and little otherwise:
/// the data path is counted once a segment. Counts are of this process, and a process that dies takes what it had not exported
/// with it: the catalog has the truth about each restore, these show the run of things.
/// Safe for use by many threads.
/// </remarks>
public sealed class RestoreMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Vbs";

    // From a demo's second to the day that a large disk takes; s.
    private static readonly double[] DurationBounds = [1, 5, 15, 60, 300, 900, 3600, 4 * 3600, 12 * 3600, 24 * 3600];

    private readonly Counter<long> accepted;
    private readonly Counter<long> refused;
    private readonly Counter<long> ended;
    private readonly Histogram<double> duration;
    private readonly Counter<long> restored;
    private readonly Counter<long> cleared;
    private readonly Counter<long> verificationsFailed;
    private readonly Counter<long> tokens;
    private readonly Counter<long> storageRetries;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">The host's meters.</param>
    /// <param name="unfinished">What the last sweep of this process found.</param>
    public RestoreMetrics(IMeterFactory meters, UnfinishedRestores unfinished)
    {
        var meter = meters.Create(MeterName);
        accepted = meter.CreateCounter<long>("vbs.restores.accepted", "{restore}", "Restores accepted with a 202.");
        refused = meter.CreateCounter<long>("vbs.requests.refused", "{request}", "Requests answered with a status of 400 or more.");
        ended = meter.CreateCounter<long>("vbs.restores.ended", "{restore}", "Restores that have ended.");
        duration = meter.CreateHistogram<double>(
            "vbs.restore.duration", "s", "From the acceptance of a restore to its end.", advice: new() { HistogramBucketBoundaries = DurationBounds });
        restored = meter.CreateCounter<long>("vbs.bytes.restored", "By", "Bytes proven and written to volumes, without those cleared.");
        cleared = meter.CreateCounter<long>("vbs.bytes.cleared", "By", "Zero bytes cleared on volumes.");
        verificationsFailed = meter.CreateCounter<long>("vbs.verifications.failed", "{segment}", "Segments whose data is not the backup's.");
        tokens = meter.CreateCounter<long>("vbs.tokens.checked", "{token}", "Tokens checked, by the cache or by Keystone.");
        storageRetries = meter.CreateCounter<long>("vbs.storage.retries", "{request}", "Storage requests tried again.");
        meter.CreateObservableGauge("vbs.restores.running", unfinished.Count, "{restore}", "Restores accepted and not ended, as the last sweep found.");
        meter.CreateObservableGauge("vbs.restores.oldest", unfinished.OldestAge, "s", "Age of the oldest restore accepted and not ended.");
    }

    /// <summary>A restore is accepted.</summary>
    public void Accepted() => accepted.Add(1);

    /// <summary>A request was answered with a fault.</summary>
    /// <param name="status">Its HTTP status.</param>
    /// <param name="code">Its VBS code; null where it has none.</param>
    public void Refused(int status, string? code) => refused.Add(
        1, new(TelemetryNames.HttpStatus, status), new(TelemetryNames.ErrorType, code ?? TelemetryNames.OtherError));

    /// <summary>A restore has ended, just now and for the first time.</summary>
    /// <param name="restore">As it is on record.</param>
    /// <param name="volumeStatus">What its volume has become: <see cref="VolumeStatus.Error"/> tells a cancelled restore from a failed one.</param>
    public void Ended(Restore restore, VolumeStatus volumeStatus)
    {
        var outcome = restore.Status == RestoreStatus.Succeeded ? "succeeded" : volumeStatus == VolumeStatus.Error ? "cancelled" : "failed";
        var tags = new TagList { { TelemetryNames.Outcome, outcome } };
        if (restore.EndedAt is { } end)
        {
            duration.Record((end - restore.AcceptedAt).TotalSeconds, tags);
        }

        if (restore.Fault is { } fault)
        {
            tags.Add(TelemetryNames.ErrorType, fault.Code);
        }

        ended.Add(1, tags);
    }

    /// <summary>A segment was worked on; once for each try, whatever became of it.</summary>
    /// <param name="bytesRestored">Bytes written.</param>
    /// <param name="bytesCleared">Bytes cleared.</param>
    public void SegmentWritten(long bytesRestored, long bytesCleared)
    {
        restored.Add(bytesRestored);
        cleared.Add(bytesCleared);
    }

    /// <summary>A segment's data is missing, damaged or not what its digests say.</summary>
    public void VerificationFailed() => verificationsFailed.Add(1);

    /// <summary>A token was checked.</summary>
    /// <param name="fromCache">Whether nobody had to be asked.</param>
    public void TokenChecked(bool fromCache) => tokens.Add(1, new KeyValuePair<string, object?>(TelemetryNames.CacheResult, fromCache ? "hit" : "miss"));

    /// <summary>A storage request is tried again.</summary>
    /// <param name="service"><c>blob</c> or <c>table</c>.</param>
    /// <param name="status">What the try before was answered; null when it was not.</param>
    public void StorageRetried(string service, int? status) => storageRetries.Add(
        1, new(TelemetryNames.StorageService, service), new(TelemetryNames.HttpStatus, status ?? 0));
}

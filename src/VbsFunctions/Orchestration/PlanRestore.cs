using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Vbs.Backups;
using Vbs.Catalog;
using Vbs.Configuration;
using Vbs.Restores;
using Vbs.Telemetry;
using Vbs.Volumes;

namespace VbsFunctions.Orchestration;

/// <summary>What <see cref="PlanRestore"/> found: a cursor at the first segment, a fault, or neither when the restore has already ended.</summary>
/// <param name="Cursor">Where to begin.</param>
/// <param name="Fault">Why the restore cannot be done.</param>
public sealed record PlanOutcome(RestoreCursor? Cursor, RestoreFault? Fault = null);

/// <summary>The first step: marks the restore running, takes the volume's lease and plans. Safe to repeat: same lease, same plan.</summary>
public sealed class PlanRestore(
    CatalogTable catalog, VolumeStore volumes, RestorePlanner planner, IOptions<RestoreOptions> options)
{
    /// <summary>Plans a restore.</summary>
    [Function(nameof(PlanRestore))]
    public async Task<PlanOutcome> RunAsync([ActivityTrigger] RestoreInput input, CancellationToken cancellationToken)
    {
        var (projectId, restoreId) = (input.ProjectId, input.RestoreId);
        using var span = RestoreSpans.Start("plan restore", projectId, restoreId);
        if (await catalog.TryBeginAsync(projectId, restoreId, cancellationToken) is not { } restore)
        {
            return new PlanOutcome(null);
        }

        span?.SetTag(TelemetryNames.RequestId, restore.RequestId)
            .SetTag(TelemetryNames.BackupId, restore.BackupId.ToString()).SetTag(TelemetryNames.VolumeId, restore.VolumeId.ToString());
        if (await catalog.FindBackupAsync(projectId, restore.BackupId, cancellationToken) is not { } backup)
        {
            return Refuse(new RestoreFault("VolumeBackup.0111", $"Backup {restore.BackupId} is gone from the catalog."));
        }

        if (await catalog.FindVolumeAsync(projectId, restore.VolumeId, cancellationToken) is not { } volume)
        {
            return Refuse(new RestoreFault("VolumeBackup.0111", $"Volume {restore.VolumeId} is gone from the catalog."));
        }

        var target = volumes.Open(projectId, volume.Id, restoreId);
        if (await target.AcquireAsync(volume.SizeGiB, cancellationToken) is { } inUse)
        {
            return Refuse(inUse);
        }

        // A run that comes late, after the restore has ended, must not keep what the end has given back.
        if (await catalog.TryBeginAsync(projectId, restoreId, cancellationToken) is null)
        {
            await target.ReleaseAsync(cancellationToken);
            return new PlanOutcome(null);
        }

        return await PlanAsync(restoreId, backup, volume, cancellationToken);
    }

    private async Task<PlanOutcome> PlanAsync(RestoreId restoreId, Backup backup, Volume volume, CancellationToken cancellationToken)
    {
        var (plan, fault) = await planner.PlanAsync(
            restoreId, backup, volume.SizeGiB, (id, ct) => catalog.FindBackupAsync(backup.ProjectId, id, ct), cancellationToken);
        if (plan is null)
        {
            return Refuse(fault!);
        }

        Activity.Current?.SetTag(TelemetryNames.SegmentCount, plan.SegmentCount).SetTag(TelemetryNames.BytesTotal, plan.BytesTotal);
        await catalog.SetTotalAsync(backup.ProjectId, restoreId, plan.BytesTotal, cancellationToken);
        return new PlanOutcome(new RestoreCursor(volume.Id, plan, 0, new long[options.Value.SegmentsAtOnce]));
    }

    private static PlanOutcome Refuse(RestoreFault fault)
    {
        Activity.Current.SetFault(fault);
        return new PlanOutcome(null, fault);
    }
}

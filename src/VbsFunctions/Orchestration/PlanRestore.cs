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

/// <summary>The first step: marks the restore running, makes a new volume's blob, takes the volume's lease and plans. Safe to repeat: same
/// blob, same lease, same plan.</summary>
public sealed class PlanRestore(
    CatalogTable catalog, VolumeStore volumes, PlanStore plans, RestorePlanner planner, IOptions<RestoreOptions> options)
{
    /// <summary>Plans a restore.</summary>
    [Function(nameof(PlanRestore))]
    public async Task<PlanOutcome> RunAsync([ActivityTrigger] RestoreInput input, CancellationToken cancellationToken)
    {
        var (projectId, restoreId) = (input.ProjectId, input.RestoreId);
        using var span = RestoreSpans.Start("plan restore", projectId, restoreId);
        if (await catalog.TryBeginAsync(projectId, restoreId, cancellationToken) is not { } restore)
        {
            return await LetGoAsync(projectId, restoreId, cancellationToken);
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
        if (await TakeAsync(target, volume, cancellationToken) is { } refused)
        {
            return Refuse(refused);
        }

        return await catalog.TryBeginAsync(projectId, restoreId, cancellationToken) is null
            ? await LetGoAsync(projectId, restoreId, cancellationToken)
            : await PlanAsync(restoreId, backup, volume, target, cancellationToken);
    }

    private async Task<RestoreFault?> TakeAsync(RestoreTarget target, Volume volume, CancellationToken cancellationToken)
    {
        if (volume.IsNew)
        {
            await volumes.CreateAsync(volume.ProjectId, volume.Id, volume.SizeGiB, cancellationToken);
        }

        var fault = await target.AcquireAsync(volume.SizeGiB, cancellationToken);
        if (fault?.Code != RestoreTarget.InUse || volume.LastRestoreId is not { } last)
        {
            return fault;
        }

        // By a restore that has ended, and whose process died before it could give the lease back; or by somebody else, who keeps it.
        await volumes.Open(volume.ProjectId, volume.Id, last).ReleaseAsync(cancellationToken);
        return await target.AcquireAsync(volume.SizeGiB, cancellationToken);
    }

    // A run that comes late, after the restore has ended, keeps neither the lease that the end has given back, nor a blob that it
    // made for a volume which was deleted meanwhile, nor the plan of an earlier run.
    private async Task<PlanOutcome> LetGoAsync(ProjectId projectId, RestoreId restoreId, CancellationToken cancellationToken)
    {
        if (await catalog.FindRestoreAsync(projectId, restoreId, cancellationToken) is { } restore)
        {
            var target = volumes.Open(projectId, restore.VolumeId, restoreId);
            var isGone = await catalog.FindVolumeAsync(projectId, restore.VolumeId, cancellationToken) is null or { Status: VolumeStatus.Deleting };
            await (isGone ? target.DiscardAsync(cancellationToken) : target.ReleaseAsync(cancellationToken));
            await plans.DeleteAsync(restoreId, cancellationToken);
        }

        return new PlanOutcome(null);
    }

    private async Task<PlanOutcome> PlanAsync(
        RestoreId restoreId, Backup backup, Volume volume, RestoreTarget target, CancellationToken cancellationToken)
    {
        var isFresh = await target.IsFreshAsync(cancellationToken);
        var (plan, fault) = await planner.PlanAsync(
            restoreId, backup, volume.SizeGiB, (id, ct) => catalog.FindBackupAsync(backup.ProjectId, id, ct), cancellationToken);
        if (plan is null)
        {
            return Refuse(fault!);
        }

        Activity.Current?.SetTag(TelemetryNames.SegmentCount, plan.SegmentCount).SetTag(TelemetryNames.BytesTotal, plan.BytesTotal);
        await catalog.SetTotalAsync(backup.ProjectId, restoreId, plan.BytesTotal, cancellationToken);
        return new PlanOutcome(new RestoreCursor(volume.Id, plan with { Fresh = isFresh }, 0, new long[options.Value.SegmentsAtOnce]));
    }

    private static PlanOutcome Refuse(RestoreFault fault)
    {
        Activity.Current.SetFault(fault);
        return new PlanOutcome(null, fault);
    }
}

using Vbs.Backups;
using Vbs.Restores;
using Vbs.Telemetry;
using Vbs.Volumes;

namespace VbsFunctions.Orchestration;

/// <summary>What surrounds the end of a restore, good or bad: the volume's lease and the plan's blobs.</summary>
public sealed class RestoreCleanup(VolumeStore volumes, PlanStore plans)
{
    /// <summary>Gives the lease back, ends the restore, removes its plan. Safe to repeat.</summary>
    /// <param name="step">Its name as a span.</param>
    /// <param name="projectId">The project that asked.</param>
    /// <param name="volumeId">The volume it wrote.</param>
    /// <param name="restoreId">The restore.</param>
    /// <param name="end">The transaction that ends it; safe to repeat.</param>
    /// <param name="cancellationToken">Gives up; the next run goes on.</param>
    public async Task AroundAsync(
        string step, ProjectId projectId, VolumeId volumeId, RestoreId restoreId, Func<CancellationToken, Task> end, CancellationToken cancellationToken)
    {
        using var span = RestoreSpans.Start(step, projectId, restoreId)?.SetTag(TelemetryNames.VolumeId, volumeId.ToString());
        var target = volumes.Open(projectId, volumeId, restoreId);
        // Before: segments still running are refused from here on, and once the volume is free the next restore may want its lease.
        await target.ReleaseAsync(cancellationToken);
        await end(cancellationToken);
        // After: a late run of PlanRestore may have taken it between; one that comes later still sees that the restore has ended.
        await target.ReleaseAsync(cancellationToken);
        await plans.DeleteAsync(restoreId, cancellationToken);
    }
}

using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Vbs.Catalog.Rows;
using Vbs.Restores;

namespace Vbs.Catalog;

/// <summary>Sets the status of a backup or a volume by hand, Cinder's <c>os-reset_status</c>; that of a backup which is being restored ends the restore.</summary>
/// <remarks>A cancel is one transaction: the restore has failed, the backup has the status that was asked for, the volume is in error. Taking the
/// volume's lease away from work that still runs is the caller's next step; should that not happen, the next restore to the
/// volume does it. Any method may throw <see cref="Azure.RequestFailedException"/> as <see cref="CatalogTable"/>'s do, and is safe to repeat.</remarks>
/// <param name="table">The catalog's table.</param>
/// <param name="time">The clock of the records' times.</param>
/// <param name="log">Told of restores that a reset ends.</param>
/// <param name="watch">Told what there is to count; null for nobody.</param>
public sealed class StatusResets(TableClient table, TimeProvider time, ILogger<StatusResets> log, CatalogWatch? watch = null)
{
    // Each loss means that someone else got a write in.
    private const int Attempts = 10;

    private readonly RestoreEnd end = new(table, time, new RestoreProgress(table, time), watch ?? CatalogWatch.None, log);

    /// <summary>Sets a backup's status.</summary>
    /// <param name="projectId">The caller's project.</param>
    /// <param name="id">The backup.</param>
    /// <param name="status"><see cref="BackupStatus.Available"/> or <see cref="BackupStatus.Error"/>.</param>
    /// <param name="mayReset">Whether the caller's roles allow it; judged after the backup is found.</param>
    /// <param name="requestId">The call's id, for the reason of a restore that it ends.</param>
    /// <param name="cancellationToken">Gives up; nothing or all of it has happened.</param>
    public async Task<ResetOutcome> ResetBackupAsync(
        ProjectId projectId, BackupId id, BackupStatus status, bool mayReset, string requestId, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var row = await table.FindAsync(projectId.ToString(), Keys.Backup(id), cancellationToken);
            if (ResetRules.Check(id, row is null ? null : BackupRow.Read(row), mayReset, status) is { } refusal)
            {
                return new(refusal);
            }

            if (row!.Id<RestoreId>(Claim.RestoreId) is { } restoreId)
            {
                if (await TryCancelAsync(projectId, restoreId, status, requestId, cancellationToken) is { } cancelled)
                {
                    return new(Cancelled: cancelled);
                }
            }
            else if (await TrySetAsync(row!, status.Name(), cancellationToken))
            {
                return new();
            }
        }

        throw Busy("backup", id);
    }

    /// <summary>Sets a volume's status; refused while a restore holds it, which is cancelled by way of its backup.</summary>
    /// <param name="projectId">The caller's project.</param>
    /// <param name="id">The volume.</param>
    /// <param name="status"><see cref="VolumeStatus.Available"/> or <see cref="VolumeStatus.Error"/>.</param>
    /// <param name="mayReset">Whether the caller's roles allow it; judged after the volume is found.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ResetOutcome> ResetVolumeAsync(
        ProjectId projectId, VolumeId id, VolumeStatus status, bool mayReset, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var row = await table.FindAsync(projectId.ToString(), Keys.Volume(id), cancellationToken);
            if (ResetRules.Check(id, row is null ? null : VolumeRow.Read(row), mayReset, status) is { } refusal)
            {
                return new(refusal);
            }

            if (await TrySetAsync(row!, status.Name(), cancellationToken))
            {
                return new(Last: VolumeRow.Read(row!).LastRestoreId);
            }
        }

        throw Busy("volume", id);
    }

    // Null when the restore came to its own end first: the backup is to be looked at anew.
    private async Task<Restore?> TryCancelAsync(
        ProjectId projectId, RestoreId id, BackupStatus status, string requestId, CancellationToken cancellationToken)
    {
        var fault = RestoreFault.Data($"The restore was cancelled: request {requestId} reset the status of its backup to {status.Name()}.");
        var ended = await end.TryEndAsync(projectId, id, Ending.Failure(fault, VolumeStatus.Error, status), cancellationToken);
        var row = ended ? await table.FindAsync(projectId.ToString(), Keys.Restore(id), cancellationToken) : null;
        return row is not null && RestoreRow.Read(row) is var restore && restore.Fault == fault ? restore : null;
    }

    private async Task<bool> TrySetAsync(TableEntity row, string status, CancellationToken cancellationToken)
    {
        if (row.Text(Claim.Status) == status)
        {
            return true;
        }

        row.Change(status, holder: null, time.GetUtcNow());
        return await table.TryReplaceAsync(row, cancellationToken);
    }

    private static InvalidOperationException Busy(string kind, object id) =>
        new($"The row of {kind} {id} changed {Attempts} times while its status was to be reset. A repeat is safe.");
}

using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Vbs.Catalog.Rows;
using Vbs.Restores;

namespace Vbs.Catalog;

/// <summary>Ends restores: the record, its backup and its volume in one transaction, then the traces of the work.</summary>
internal sealed class RestoreEnd(TableClient table, TimeProvider time, RestoreProgress progress, CatalogWatch watch, ILogger log)
{
    // Each loss means that someone else got a write in; a handful is already more than two operators at once.
    private const int Attempts = 10;

    /// <summary>Whether the restore has ended with the status of <paramref name="ending"/>, now or before.</summary>
    public async Task<bool> TryEndAsync(
        ProjectId projectId, RestoreId id, Ending ending, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var row = await table.FindAsync(projectId.ToString(), Keys.Restore(id), cancellationToken);
            var move = row is null ? Move.Refused : Moves.Check(RestoreRow.Read(row).Status, ending.Status);
            if (row is null || move == Move.Refused)
            {
                return false;
            }

            if (move == Move.AlreadyMade || await TryWriteAsync(row, ending, cancellationToken))
            {
                await RemoveTracesAsync(id, cancellationToken);
                return true;
            }
        }

        throw new InvalidOperationException($"The rows of restore {id} changed {Attempts} times while it was to end. A repeat is safe.");
    }

    /// <summary>Removes progress, then intent. In this order, so that a removal cut short is found by the sweep. Safe to repeat.</summary>
    public async Task RemoveTracesAsync(RestoreId id, CancellationToken cancellationToken)
    {
        await progress.RemoveAsync(id, cancellationToken);
        await table.DeleteEntityAsync(Keys.Intents, id.ToString(), cancellationToken: cancellationToken);
    }

    private async Task<bool> TryWriteAsync(TableEntity row, Ending ending, CancellationToken cancellationToken)
    {
        var restore = RestoreRow.Read(row);
        var rows = await Task.WhenAll(
            table.FindAsync(row.PartitionKey, Keys.Backup(restore.BackupId), cancellationToken),
            table.FindAsync(row.PartitionKey, Keys.Volume(restore.VolumeId), cancellationToken));
        var bytesDone = ending.Status == RestoreStatus.Succeeded
            ? restore.BytesTotal
            : await progress.SumAsync(restore, cancellationToken);
        var now = time.GetUtcNow();

        restore = restore with { Status = ending.Status, EndedAt = now, BytesDone = bytesDone ?? 0, Fault = ending.Fault };
        RestoreRow.Change(row, restore);
        List<TableTransactionAction> writes = [TableRequests.Replacing(row)];
        if (rows[0] is { } backup && backup.IsHeldBy(restore.Id))
        {
            Release(backup, ending.Backup, now);
            writes.Add(TableRequests.Replacing(backup));
        }

        if (rows[1] is { } volume && volume.IsHeldBy(restore.Id))
        {
            Release(volume, restore.Id, ending, now);
            NoteSource(volume, restore, rows[0], ending.Status);
            writes.Add(TableRequests.Replacing(volume));
        }

        if (!await table.TrySubmitAsync(writes, cancellationToken))
        {
            return false;
        }

        log.RestoreEnded(restore.Id, restore.RequestId, ending.Status, ending.Fault?.Code ?? "without fault");
        watch.Ended(restore, ending.Volume);
        return true;
    }

    // A status that someone set in between stays: only the hold is given up.
    private static void Release(TableEntity backup, BackupStatus status, DateTimeOffset now)
    {
        var current = BackupRow.Read(backup).Status;
        backup.Change((current == BackupStatus.Restoring ? status : current).Name(), holder: null, now);
    }

    private static void Release(TableEntity volume, RestoreId holder, Ending ending, DateTimeOffset now)
    {
        var current = VolumeRow.Read(volume).Status;
        volume.Change((current == VolumeStatus.RestoringBackup ? ending.Volume : current).Name(), holder: null, now);
        volume.Set(nameof(Volume.LastRestoreId), holder.ToString());
        if (ending.Status == RestoreStatus.Succeeded)
        {
            volume.Set(nameof(Volume.IsNew), null);
        }
    }

    // cinder/backup/manager.py, restore_backup: so the owner can tell what is on a disk that the backup was not made of,
    // and a note of an earlier restore does not outlive its content.
    private static void NoteSource(TableEntity volume, Restore restore, TableEntity? backup, RestoreStatus status)
    {
        const string SourceBackup = "src_backup_id";
        if (status == RestoreStatus.Succeeded && backup is not null
            && (BackupRow.Read(backup).VolumeId != restore.VolumeId || VolumeRow.Read(volume).Metadata.ContainsKey(SourceBackup)))
        {
            VolumeRow.SetMetadata(volume, SourceBackup, restore.BackupId.ToString());
        }
    }
}

using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Vbs.Catalog.Rows;
using Vbs.Restores;

namespace Vbs.Catalog;

/// <summary>Backups, volumes and restores of all projects, in one table: the truth about what each of them is doing.</summary>
/// <remarks>A project is a partition, so a restore is accepted and ended in one transaction over its record, its backup and its
/// volume: all three move, or none. Rows move by ETag; a lost race is an answer, never an exception. An intent outside
/// the project precedes every acceptance and outlives it until the end, so that <see cref="SweepAsync"/> finds whatever
/// a dead process left behind. What this room does not promise: order between projects, or a list of them.
/// Any method may throw <see cref="Azure.RequestFailedException"/> when storage refuses, throttles or cannot be reached,
/// and may be repeated then. Safe for use by many threads.</remarks>
public sealed class CatalogTable
{
    // Each loss means that someone else got a write in.
    private const int Attempts = 10;

    private readonly TableClient table;
    private readonly RestoreProgress progress;
    private readonly RestoreEnd end;
    private readonly Acceptance acceptance;
    private readonly Sweep sweep;

    /// <summary>Uses a table, which <see cref="EnsureCreatedAsync"/> makes.</summary>
    /// <param name="table">The table; nothing else may be in it.</param>
    /// <param name="time">The clock of the records' times.</param>
    /// <param name="newId">Makes the ids of restores.</param>
    /// <param name="log">Told of restores that could not be started at once, and of those that end.</param>
    /// <param name="watch">Told what there is to count; null for nobody.</param>
    public CatalogTable(TableClient table, TimeProvider time, Func<Guid> newId, ILogger<CatalogTable> log, CatalogWatch? watch = null)
    {
        this.table = table;
        progress = new RestoreProgress(table, time);
        watch ??= CatalogWatch.None;
        var answers = new RepeatedAnswers(table, time);
        end = new RestoreEnd(table, time, progress, watch, log);
        acceptance = new Acceptance(table, time, newId, answers, log);
        sweep = new Sweep(table, time, end, answers, watch, log);
    }

    /// <summary>Makes the table if it is missing. Safe to repeat.</summary>
    public Task EnsureCreatedAsync(CancellationToken cancellationToken) => table.CreateIfNotExistsAsync(cancellationToken);

    /// <summary>Whether no project has any row.</summary>
    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey lt {Keys.FirstOfWork}");
        var rows = table.ListAsync(filter, perPage: 1, select: ["PartitionKey"], cancellationToken);
        return !await rows.AnyAsync(cancellationToken);
    }

    /// <summary>A project's backup; null when the project has no such backup.</summary>
    public async Task<Backup?> FindBackupAsync(ProjectId projectId, BackupId id, CancellationToken cancellationToken) =>
        await table.FindAsync(projectId.ToString(), Keys.Backup(id), cancellationToken) is { } row ? BackupRow.Read(row) : null;

    /// <summary>A project's volume; null when the project has no such volume.</summary>
    public async Task<Volume?> FindVolumeAsync(ProjectId projectId, VolumeId id, CancellationToken cancellationToken) =>
        await table.FindAsync(projectId.ToString(), Keys.Volume(id), cancellationToken) is { } row ? VolumeRow.Read(row) : null;

    /// <summary>A project's restore, with its progress as of now; null when the project has no such restore.</summary>
    public async Task<Restore?> FindRestoreAsync(ProjectId projectId, RestoreId id, CancellationToken cancellationToken)
    {
        var restore = await FindStoredAsync(projectId, id, cancellationToken);
        if (restore is not { Status: RestoreStatus.Running })
        {
            return restore;
        }

        // No lanes: not begun to write, or ended since the row was read; only the row can say which.
        return await progress.SumAsync(restore, cancellationToken) is { } bytesDone
            ? restore with { BytesDone = bytesDone }
            : await FindStoredAsync(projectId, id, cancellationToken);
    }

    /// <summary>Adds a backup; false when its id is taken, also by an earlier attempt of this call whose answer was lost.</summary>
    public Task<bool> TryAddAsync(Backup backup, CancellationToken cancellationToken) =>
        TryAddAsync(BackupRow.Write(backup), Keys.BackupByAge(backup.CreatedAt, backup.Id), cancellationToken);

    /// <summary>Adds a volume; false when its id is taken, also by an earlier attempt of this call whose answer was lost.</summary>
    public Task<bool> TryAddAsync(Volume volume, CancellationToken cancellationToken) =>
        TryAddAsync(VolumeRow.Write(volume), Keys.VolumeByAge(volume.CreatedAt, volume.Id), cancellationToken);

    /// <summary>Accepts a restore, or says why not. Accepted means: stored, and it will end without anyone asking again.</summary>
    /// <remarks>A repeat is judged anew, and refused because the backup is restoring; only under a <see cref="Repeatability"/> it gets
    /// the first answer again. When this throws after the intent is written, the restore may have been accepted all the same; the sweep settles that.</remarks>
    /// <param name="request">The wish.</param>
    /// <param name="start">Starts the work. Its failure is logged and does not undo the acceptance: the sweep starts it.</param>
    /// <param name="cancellationToken">Gives up; what is then half done is settled by the sweep.</param>
    public Task<AcceptOutcome> AcceptAsync(RestoreRequest request, StartRestore start, CancellationToken cancellationToken) =>
        acceptance.AcceptAsync(request, start, cancellationToken);

    /// <summary>The restore, which now is running; null when it has ended or does not exist. Safe to repeat.</summary>
    public Task<Restore?> TryBeginAsync(ProjectId projectId, RestoreId id, CancellationToken cancellationToken) =>
        ChangeAsync(
            projectId,
            id,
            restore => Moves.Check(restore.Status, RestoreStatus.Running) == Move.Refused ? null : restore with { Status = RestoreStatus.Running },
            cancellationToken);

    /// <summary>Notes how many bytes the plan will write. Safe to repeat; without effect unless the restore is running.</summary>
    public Task SetTotalAsync(ProjectId projectId, RestoreId id, long bytesTotal, CancellationToken cancellationToken) =>
        ChangeAsync(
            projectId,
            id,
            restore => restore.Status == RestoreStatus.Running ? restore with { BytesTotal = bytesTotal } : null,
            cancellationToken);

    /// <summary>Notes the progress of one lane of a restore. Safe to repeat.</summary>
    /// <param name="id">The restore.</param>
    /// <param name="lane">Which of the segments worked on at the same time, 0 to 99; only one writer a lane at a time.</param>
    /// <param name="laneBytesDone">Bytes that this lane has verified and written since the restore began, not since the last report.</param>
    /// <param name="cancellationToken">Gives up the report.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lane is out of range, or the bytes are negative.</exception>
    public Task ReportProgressAsync(RestoreId id, int lane, long laneBytesDone, CancellationToken cancellationToken) =>
        progress.ReportAsync(id, lane, laneBytesDone, cancellationToken);

    /// <summary>Ends a running restore well: backup and volume are available. Safe to repeat.</summary>
    /// <returns>Whether it has succeeded, now or before; false when it ended otherwise, has not begun or does not exist.</returns>
    public Task<bool> TryCompleteAsync(ProjectId projectId, RestoreId id, CancellationToken cancellationToken) =>
        end.TryEndAsync(projectId, id, Ending.Success, cancellationToken);

    /// <summary>Ends a restore badly: the backup is available, the volume is not. Safe to repeat; the first fault stays.</summary>
    /// <param name="projectId">The project that asked.</param>
    /// <param name="id">The restore.</param>
    /// <param name="fault">Why. Of its reason the first 1,024 characters are kept.</param>
    /// <param name="volumeStatus"><see cref="VolumeStatus.ErrorRestoring"/>, or <see cref="VolumeStatus.Error"/> after a cancel.</param>
    /// <param name="cancellationToken">Gives up; nothing or all of it has happened.</param>
    /// <returns>Whether it has failed, now or before; false when it had succeeded or does not exist.</returns>
    public Task<bool> TryFailAsync(
        ProjectId projectId, RestoreId id, RestoreFault fault, VolumeStatus volumeStatus, CancellationToken cancellationToken) =>
        end.TryEndAsync(projectId, id, Ending.Failure(fault, volumeStatus, BackupStatus.Available), cancellationToken);

    /// <summary>Settles what dead processes left: see <see cref="Sweep"/>. Run it about once a minute; safe to repeat and to run twice at once.</summary>
    /// <param name="isAlive">Whether an orchestration of this id is scheduled or running.</param>
    /// <param name="start">Starts the work.</param>
    /// <param name="cancellationToken">Stops where it is; the next sweep goes on.</param>
    public Task SweepAsync(Func<RestoreId, CancellationToken, Task<bool>> isAlive, StartRestore start, CancellationToken cancellationToken) =>
        sweep.RunAsync(isAlive, start, cancellationToken);

    private async Task<Restore?> FindStoredAsync(ProjectId projectId, RestoreId id, CancellationToken cancellationToken) =>
        await table.FindAsync(projectId.ToString(), Keys.Restore(id), cancellationToken) is { } row ? RestoreRow.Read(row) : null;

    private Task<bool> TryAddAsync(TableEntity row, string indexKey, CancellationToken cancellationToken) =>
        table.TrySubmitAsync(TableRequests.Adding(row, indexKey), cancellationToken);

    private async Task<Restore?> ChangeAsync(ProjectId projectId, RestoreId id, Func<Restore, Restore?> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var row = await table.FindAsync(projectId.ToString(), Keys.Restore(id), cancellationToken);
            var before = row is null ? null : RestoreRow.Read(row);
            var after = before is null ? null : change(before);
            if (row is null || after is null || after == before)
            {
                return after;
            }

            RestoreRow.Change(row, after);
            if (await table.TryReplaceAsync(row, cancellationToken))
            {
                return after;
            }
        }

        throw new InvalidOperationException($"The row of restore {id} changed {Attempts} times while it was to be written. A repeat is safe.");
    }
}

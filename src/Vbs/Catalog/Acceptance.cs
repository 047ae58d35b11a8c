using System.Diagnostics;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Vbs.Catalog.Rows;
using Vbs.Restores;

namespace Vbs.Catalog;

/// <summary>Accepts restores: two reads, an intent, one transaction, the start.</summary>
/// <remarks>The process may die between any two of these. Before the transaction nothing has happened, and the sweep drops the
/// intent. After it the restore is bound to end, and the sweep finds it by its intent. The rows are read before the intent
/// is written: that is what lets the sweep rule a late transaction out (see <see cref="Sweep"/>).</remarks>
internal sealed class Acceptance(TableClient table, TimeProvider time, Func<Guid> newId, ILogger log)
{
    public async Task<AcceptOutcome> AcceptAsync(RestoreRequest request, StartRestore start, CancellationToken cancellationToken)
    {
        var partition = request.ProjectId.ToString();
        var rows = await Task.WhenAll(
            table.FindAsync(partition, Keys.Backup(request.BackupId), cancellationToken),
            table.FindAsync(partition, Keys.Volume(request.VolumeId), cancellationToken));
        var (backup, volume) = (rows[0], rows[1]);

        if (Judge(request, backup, volume) is { } refusal)
        {
            return AcceptOutcome.Refused(refusal);
        }

        var restore = NewRestore(request);
        var intent = new Intent(restore.Id, restore.ProjectId, restore.BackupId, restore.AcceptedAt, Activity.Current?.Id).Write();
        await table.UpsertEntityAsync(intent, TableUpdateMode.Replace, cancellationToken);
        if (!await TryStoreAsync(restore, backup!, volume!, cancellationToken))
        {
            await table.DeleteEntityAsync(intent.PartitionKey, intent.RowKey, cancellationToken: cancellationToken);
            return AcceptOutcome.LostRace;
        }

        await TryStartAsync(restore, start, cancellationToken);
        return AcceptOutcome.Accepted(restore, VolumeRow.Read(volume!));
    }

    private static Refusal? Judge(RestoreRequest request, TableEntity? backup, TableEntity? volume) => RestoreRules.Check(
        request.BackupId,
        backup is null ? null : BackupRow.Read(backup),
        request.MayRestore,
        request.VolumeId,
        volume is null ? null : VolumeRow.Read(volume));

    private Restore NewRestore(RestoreRequest request) => new()
    {
        ProjectId = request.ProjectId,
        Id = new RestoreId(newId()),
        BackupId = request.BackupId,
        VolumeId = request.VolumeId,
        Status = RestoreStatus.Accepted,
        UserId = request.UserId,
        RequestId = request.RequestId,
        AcceptedAt = time.GetUtcNow(),
    };

    private async Task<bool> TryStoreAsync(Restore restore, TableEntity backup, TableEntity volume, CancellationToken cancellationToken)
    {
        backup.Change(BackupStatus.Restoring.Name(), restore.Id, restore.AcceptedAt);
        volume.Change(VolumeStatus.RestoringBackup.Name(), restore.Id, restore.AcceptedAt);
        TableTransactionAction[] writes =
        [
            TableRequests.Replacing(backup),
            TableRequests.Replacing(volume),
            new(TableTransactionActionType.Add, RestoreRow.Write(restore)),
        ];

        // A repeat by the client of a transaction whose answer was lost conflicts with itself: the record tells.
        return await table.TrySubmitAsync(writes, cancellationToken)
            || await table.FindAsync(restore.ProjectId.ToString(), Keys.Restore(restore.Id), cancellationToken) is not null;
    }

    // Whatever goes wrong here, the restore is accepted: the caller is told so, and the sweep starts it.
    private async Task TryStartAsync(Restore restore, StartRestore start, CancellationToken cancellationToken)
    {
        async Task StartAsync() => await start(restore.ProjectId, restore.Id, cancellationToken);

        var started = StartAsync();
        await Task.WhenAny(started);
        if (!started.IsCompletedSuccessfully)
        {
            log.StartFailed(started.Exception, restore.Id);
        }
    }
}

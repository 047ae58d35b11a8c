using System.Diagnostics;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Vbs.Catalog.Rows;
using Vbs.Restores;

namespace Vbs.Catalog;

/// <summary>Accepts restores: two reads, an intent, one transaction, the start.</summary>
/// <remarks>The process may die between any two of these. Before the transaction nothing has happened, and the sweep drops the
/// intent. After it the restore is bound to end, and the sweep finds it by its intent. The rows are read before the intent
/// is written: that is what lets the sweep rule a late transaction out (see <see cref="Sweep"/>). A new volume is a record of the
/// same transaction; its blob is made by the restore's work, so that there is never a blob of which no record tells.</remarks>
internal sealed class Acceptance(TableClient table, TimeProvider time, Func<Guid> newId, RepeatedAnswers answers, ILogger log)
{
    public async Task<AcceptOutcome> AcceptAsync(RestoreRequest request, StartRestore start, CancellationToken cancellationToken)
    {
        // Who may not restore is told so whatever the id: a first answer is not theirs to read, nor to give.
        var repeatability = request.MayRestore ? request.Repeatability : null;
        var first = repeatability is null ? Task.FromResult<AcceptOutcome?>(null) : answers.FindAsync(request.ProjectId, repeatability, cancellationToken);
        var rows = ClaimedRows.ReadAsync(table, request, cancellationToken);
        await Task.WhenAll(first, rows);
        return await first ?? ((await rows).Judge(request) is not { } refusal
            ? await AcceptAsync(request, await rows, repeatability, start, cancellationToken)
            : repeatability is null
                ? AcceptOutcome.Refused(refusal)
                : await answers.RememberAsync(request.ProjectId, repeatability, refusal, cancellationToken));
    }

    private async Task<AcceptOutcome> AcceptAsync(
        RestoreRequest request, ClaimedRows rows, Repeatability? repeatability, StartRestore start, CancellationToken cancellationToken)
    {
        var restore = NewRestore(request, rows);
        var intent = new Intent(restore.Id, restore.ProjectId, restore.BackupId, restore.AcceptedAt, Activity.Current?.Id).Write();
        await Task.WhenAll(
            table.UpsertEntityAsync(intent, TableUpdateMode.Replace, cancellationToken),
            repeatability is null ? Task.CompletedTask : answers.AnnounceAsync(request.ProjectId, repeatability, cancellationToken));
        if (!await TryStoreAsync(restore, rows, repeatability, cancellationToken))
        {
            await table.DeleteEntityAsync(intent.PartitionKey, intent.RowKey, cancellationToken: cancellationToken);
            return repeatability is not null && await answers.FindAsync(request.ProjectId, repeatability, cancellationToken) is { } faster
                ? faster
                : AcceptOutcome.LostRace;
        }

        await TryStartAsync(restore, start, cancellationToken);
        return AcceptOutcome.Accepted(restore);
    }

    private Restore NewRestore(RestoreRequest request, ClaimedRows rows) => new()
    {
        ProjectId = request.ProjectId,
        Id = new RestoreId(newId()),
        BackupId = request.BackupId,
        VolumeId = request.VolumeId ?? new VolumeId(newId()),
        VolumeName = rows.VolumeName(request),
        Status = RestoreStatus.Accepted,
        UserId = request.UserId,
        RequestId = request.RequestId,
        AcceptedAt = time.GetUtcNow(),
    };

    private async Task<bool> TryStoreAsync(
        Restore restore, ClaimedRows rows, Repeatability? repeatability, CancellationToken cancellationToken)
    {
        List<TableTransactionAction> writes = [.. rows.Claim(restore), new(TableTransactionActionType.Add, RestoreRow.Write(restore))];
        if (repeatability is not null)
        {
            var answer = new RepeatRow(repeatability.Fingerprint, restore.Id, Refusal: null).Write(restore.ProjectId, repeatability.Id);
            writes.Add(new(TableTransactionActionType.Add, answer));
        }

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

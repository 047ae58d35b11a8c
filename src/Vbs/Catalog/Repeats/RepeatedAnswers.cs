using Azure;
using Azure.Data.Tables;
using Vbs.Catalog.Rows;
using Vbs.Restores;

namespace Vbs.Catalog;

/// <summary>Remembers the first answer to the requests of one repeatability id, and gives it again.</summary>
/// <remarks>The answer is one row of the project, which only ever is added. An acceptance adds it in the transaction that accepts, so there
/// is no moment at which the one exists without the other, and of two requests at once only one can be accepted. What is to be
/// forgotten is written down first, by the hour, outside the project: an answer never outlives the note that leads the
/// sweep to it. Not remembered: a lost race, which is worth a repeat, and a missing role, which is not the id's matter.</remarks>
internal sealed class RepeatedAnswers(TableClient table, TimeProvider time)
{
    private static readonly TimeSpan Bucket = TimeSpan.FromHours(1);

    /// <summary>The first answer; null when there is none yet.</summary>
    public async Task<AcceptOutcome?> FindAsync(ProjectId projectId, Repeatability asked, CancellationToken cancellationToken)
    {
        if (await table.FindAsync(projectId.ToString(), Keys.Repeat(asked.Id), cancellationToken) is not { } row)
        {
            return null;
        }

        var first = RepeatRow.Read(row);
        if (first.Fingerprint != asked.Fingerprint)
        {
            return AcceptOutcome.OtherRequest;
        }

        return first.RestoreId is { } restoreId
            ? AcceptOutcome.Accepted(RestoreRow.Read((await table.FindAsync(projectId.ToString(), Keys.Restore(restoreId), cancellationToken))!)) with { IsRepeat = true }
            : AcceptOutcome.Refused(first.Refusal!);
    }

    /// <summary>Notes that an answer will have to be forgotten. Before the answer is stored; safe to repeat.</summary>
    public Task AnnounceAsync(ProjectId projectId, Repeatability asked, CancellationToken cancellationToken)
    {
        var note = new TableEntity(Keys.Repeats(time.GetUtcNow()), $"{projectId}|{asked.Id:N}");
        return table.UpsertEntityAsync(note, TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Remembers a refusal.</summary>
    /// <returns>What is to be answered: the refusal, or what another request of the same id was answered meanwhile.</returns>
    public async Task<AcceptOutcome> RememberAsync(ProjectId projectId, Repeatability asked, Refusal refusal, CancellationToken cancellationToken)
    {
        await AnnounceAsync(projectId, asked, cancellationToken);
        var row = new RepeatRow(asked.Fingerprint, RestoreId: null, refusal).Write(projectId, asked.Id);
        return await table.TrySubmitAsync([new(TableTransactionActionType.Add, row)], cancellationToken)
            ? AcceptOutcome.Refused(refusal)
            : await FindAsync(projectId, asked, cancellationToken) ?? AcceptOutcome.LostRace;
    }

    /// <summary>Forgets what is older than the window. Safe to repeat and to run twice at once. One query when there is nothing to do.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        // The note's hour may end an hour later than it was written.
        var kept = Keys.Repeats(time.GetUtcNow() - Repeatability.Window - Bucket);
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {Keys.FirstOfRepeats} and PartitionKey lt {kept}");
        await foreach (var note in table.ListAsync(filter, cancellationToken: cancellationToken))
        {
            var (projectId, id) = (note.RowKey[..note.RowKey.LastIndexOf('|')], note.RowKey[(note.RowKey.LastIndexOf('|') + 1)..]);
            await table.DeleteEntityAsync(projectId, Keys.Repeat(Guid.ParseExact(id, "N")), ETag.All, cancellationToken);
            await table.DeleteEntityAsync(note.PartitionKey, note.RowKey, ETag.All, cancellationToken);
        }
    }
}

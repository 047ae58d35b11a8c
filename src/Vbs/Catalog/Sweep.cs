using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Vbs.Catalog.Rows;
using Vbs.Restores;

namespace Vbs.Catalog;

/// <summary>Settles every intent: starts what was accepted and has no live orchestration, removes the traces of what has ended,
/// and drops what was never accepted; forgets the answers that need not be repeated any more. One range query finds them all; there are only as many as there are restores under way.</summary>
/// <remarks>An accept may be paused, for however long, between its intent and its transaction. Before an intent is dropped, the
/// sweep therefore writes to the backup: the transaction carries the ETag that the backup had before the intent existed,
/// so from then on it can only fail. What the restore's row says after that write is final; no clock is involved.</remarks>
internal sealed class Sweep(TableClient table, TimeProvider time, RestoreEnd end, RepeatedAnswers answers, CatalogWatch watch, ILogger log)
{
    // A courtesy only: an accept takes far less, and being ruled out in the middle would cost its caller a 409.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    // A lane reported after its restore's end by a worker that did not know yet; no worker goes on that long.
    private static readonly TimeSpan LaneKept = TimeSpan.FromHours(1);

    private const int AtOnce = 8;

    public async Task RunAsync(Func<RestoreId, CancellationToken, Task<bool>> isAlive, StartRestore start, CancellationToken cancellationToken)
    {
        var (intents, lanes) = await FindWorkAsync(cancellationToken);
        watch.Swept(intents.Count, intents.Count == 0 ? null : intents.Min(intent => intent.WrittenAt));
        using var gate = new SemaphoreSlim(AtOnce);
        var settled = intents.Select(SettleGatedAsync).ToList();

        // All of them, also when one fails: an intent that cannot be settled must not hold up the others.
        await Task.WhenAll([.. settled, RemoveStrayAsync(intents, lanes, cancellationToken), answers.ForgetAsync(cancellationToken)]);

        async Task SettleGatedAsync(Intent intent)
        {
            await gate.WaitAsync(cancellationToken);
            try
            {
                await SettleAsync(intent, isAlive, start, cancellationToken);
            }
            finally
            {
                gate.Release();
            }
        }
    }

    private async Task<(List<Intent> Intents, List<TableEntity> Lanes)> FindWorkAsync(CancellationToken cancellationToken)
    {
        var (intents, lanes) = (new List<Intent>(), new List<TableEntity>());
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {Keys.FirstOfWork} and PartitionKey lt {Keys.EndOfWork}");
        await foreach (var row in table.ListAsync(filter, cancellationToken: cancellationToken))
        {
            if (row.PartitionKey == Keys.Intents)
            {
                intents.Add(Intent.Read(row));
            }
            else if (Keys.IsProgress(row.PartitionKey))
            {
                lanes.Add(row);
            }
        }

        return (intents, lanes);
    }

    private async Task SettleAsync(
        Intent intent, Func<RestoreId, CancellationToken, Task<bool>> isAlive, StartRestore start, CancellationToken cancellationToken)
    {
        var restore = await FindRestoreAsync(intent, cancellationToken);
        if (restore is null)
        {
            if (time.GetUtcNow() - intent.WrittenAt < Grace)
            {
                return;
            }

            await RuleOutAsync(intent, cancellationToken);
            restore = await FindRestoreAsync(intent, cancellationToken);
        }

        if (restore is null)
        {
            await table.DeleteEntityAsync(Keys.Intents, intent.RestoreId.ToString(), cancellationToken: cancellationToken);
            log.IntentDropped(intent.RestoreId);
        }
        else if (restore.Status is RestoreStatus.Succeeded or RestoreStatus.Failed)
        {
            await end.RemoveTracesAsync(intent.RestoreId, cancellationToken);
        }
        else if (!await isAlive(intent.RestoreId, cancellationToken))
        {
            log.Restarting(intent.RestoreId);
            using var trace = watch.Restarting(intent.TraceParent, intent.ProjectId, intent.RestoreId);
            await start(intent.ProjectId, intent.RestoreId, cancellationToken);
        }
    }

    private async Task<Restore?> FindRestoreAsync(Intent intent, CancellationToken cancellationToken) =>
        await table.FindAsync(intent.ProjectId.ToString(), Keys.Restore(intent.RestoreId), cancellationToken) is { } row
            ? RestoreRow.Read(row)
            : null;

    private async Task RuleOutAsync(Intent intent, CancellationToken cancellationToken)
    {
        var touch = new TableEntity(intent.ProjectId.ToString(), Keys.Backup(intent.BackupId)) { ["SweptAt"] = time.GetUtcNow() };
        await table.TryMergeAsync(touch, cancellationToken);
    }

    private async Task RemoveStrayAsync(List<Intent> intents, List<TableEntity> lanes, CancellationToken cancellationToken)
    {
        var underWay = intents.Select(intent => intent.RestoreId).ToHashSet();
        var oldest = time.GetUtcNow() - LaneKept;
        foreach (var lane in lanes.Where(lane => !underWay.Contains(Keys.RestoreOfProgress(lane.PartitionKey))
            && lane.Time(RestoreProgress.ReportedAt) < oldest))
        {
            await table.DeleteEntityAsync(lane.PartitionKey, lane.RowKey, ETag.All, cancellationToken);
        }
    }
}

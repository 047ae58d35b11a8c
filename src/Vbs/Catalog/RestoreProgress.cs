using Azure.Data.Tables;
using Vbs.Catalog.Rows;
using Vbs.Restores;

namespace Vbs.Catalog;

/// <summary>How far a running restore is. Each lane has a row of its own, so that writers never wait for one another and a
/// report costs one write, however many read. The lanes of a restore are taken away together, at its end.</summary>
internal sealed class RestoreProgress(TableClient table, TimeProvider time)
{
    /// <summary>Lanes of a restore, 0 to 99: one transaction removes them, and a transaction has at most 100 writes.</summary>
    public const int MaxLanes = 100;

    /// <summary>When the lane was last written.</summary>
    public const string ReportedAt = nameof(ReportedAt);

    private const string BytesDone = nameof(BytesDone);

    public async Task ReportAsync(RestoreId id, int lane, long bytesDone, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lane);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(lane, MaxLanes);
        ArgumentOutOfRangeException.ThrowIfNegative(bytesDone);
        var row = new TableEntity(Keys.Progress(id), Keys.Lane(lane)) { [BytesDone] = bytesDone, [ReportedAt] = time.GetUtcNow() };
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Bytes of all lanes together, at most the restore's total; null when no lane has reported or all are removed.</summary>
    public async Task<long?> SumAsync(Restore restore, CancellationToken cancellationToken)
    {
        var lanes = await ReadAsync(restore.Id, cancellationToken);
        return lanes.Count == 0 ? null : Math.Min(lanes.Sum(lane => lane.GetInt64(BytesDone) ?? 0), restore.BytesTotal ?? long.MaxValue);
    }

    /// <summary>Removes all lanes at once, so that no reader sees some of them. Safe to repeat.</summary>
    public async Task RemoveAsync(RestoreId id, CancellationToken cancellationToken)
    {
        List<TableEntity> lanes;
        do
        {
            lanes = await ReadAsync(id, cancellationToken);
        }
        while (lanes.Count > 0 && !await table.TrySubmitAsync(lanes.Select(Deleting), cancellationToken));
    }

    private static TableTransactionAction Deleting(TableEntity lane) => new(TableTransactionActionType.Delete, lane);

    private async Task<List<TableEntity>> ReadAsync(RestoreId id, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Keys.Progress(id)}");
        return await table.ListAsync(filter, cancellationToken: cancellationToken).ToListAsync(cancellationToken);
    }
}

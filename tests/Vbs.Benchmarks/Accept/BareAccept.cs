using Azure.Data.Tables;
using Vbs.Benchmarks.Serving;

namespace Vbs.Benchmarks.Accept;

/// <summary>The five storage requests of an accept and nothing else: two reads at once, an intent, a transaction over three rows, an instance.</summary>
/// <remarks>What a service could reach on this storage if it cost nothing itself. The rows are as large as the service's own.</remarks>
internal sealed class BareAccept(TableServiceClient tables)
{
    private static readonly string Text = new('x', 300);
    private readonly TableClient catalog = tables.GetTableClient("bare");
    private readonly TableClient journal = tables.GetTableClient("barejournal");

    /// <summary>Makes the tables, and a backup and a volume for each item.</summary>
    public async Task PrepareAsync(IEnumerable<Pair> pairs)
    {
        await catalog.CreateIfNotExistsAsync();
        await journal.CreateIfNotExistsAsync();
        await Parallel.ForEachAsync(pairs, async (pair, _) =>
        {
            await catalog.UpsertEntityAsync(Row(pair, "backup"), TableUpdateMode.Replace, CancellationToken.None);
            await catalog.UpsertEntityAsync(Row(pair, "volume"), TableUpdateMode.Replace, CancellationToken.None);
        });
    }

    /// <summary>One accept's requests.</summary>
    public async Task AcceptAsync(Pair pair)
    {
        var rows = await Task.WhenAll(FindAsync(pair, "backup"), FindAsync(pair, "volume"));
        var key = pair.Backup.Id.ToString();
        await catalog.UpsertEntityAsync(new TableEntity("intent", key) { ["Text"] = "intent" }, TableUpdateMode.Replace);
        await catalog.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.UpdateReplace, rows[0], rows[0].ETag),
                new(TableTransactionActionType.UpdateReplace, rows[1], rows[1].ETag),
                new(TableTransactionActionType.Add, Row(pair, "restore")),
            ]);
        await journal.AddEntityAsync(new TableEntity(key, "state") { ["Text"] = Text });
    }

    private static TableEntity Row(Pair pair, string kind) =>
        new(pair.Volume.ProjectId.ToString(), $"{kind}|{pair.Backup.Id}") { ["Text"] = Text, ["Status"] = "available" };

    private async Task<TableEntity> FindAsync(Pair pair, string kind) =>
        (await catalog.GetEntityAsync<TableEntity>(pair.Volume.ProjectId.ToString(), $"{kind}|{pair.Backup.Id}")).Value;
}

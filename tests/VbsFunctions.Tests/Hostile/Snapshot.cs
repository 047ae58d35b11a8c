using Azure.Data.Tables;
using Vbs.Restores;

namespace VbsFunctions.Tests.Hostile;

/// <summary>A project's rows with their ETags, and its intents: equal before and after means that nothing was written.
/// The answers kept for a repeat are left out: a refusal is kept too.</summary>
internal static class Snapshot
{
    public static async Task<IReadOnlyList<string>> OfAsync(TableClient table, ProjectId project)
    {
        var filter = $"PartitionKey eq '{project}' or (PartitionKey eq 'intent' and ProjectId eq '{project}')";
        return await table.QueryAsync<TableEntity>(filter, cancellationToken: TestContext.Current.CancellationToken)
            .Where(row => !row.RowKey.StartsWith("repeat|", StringComparison.Ordinal))
            .Select(row => $"{row.PartitionKey} {row.RowKey} {row.ETag}")
            .ToListAsync(TestContext.Current.CancellationToken);
    }
}

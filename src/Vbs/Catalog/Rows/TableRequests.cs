using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Vbs.Catalog.Rows;

/// <summary>Requests to the table whose lost races are answers. Everything else that goes wrong escapes as <see cref="RequestFailedException"/>,
/// and an answer that is none of the table's as <see cref="UnreadableRowException"/>.</summary>
internal static class TableRequests
{
    /// <summary>One row; null when there is none.</summary>
    public static async Task<TableEntity?> FindAsync(this TableClient table, string partition, string key, CancellationToken cancellationToken)
    {
        var answer = await ReadableAsync(table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken));
        return answer.HasValue ? answer.Value : null;
    }

    /// <summary>The rows that a filter lets through.</summary>
    public static IAsyncEnumerable<TableEntity> ListAsync(
        this TableClient table, string filter, int? perPage = null, string[]? select = null, CancellationToken cancellationToken = default) =>
        table.ListPagesAsync(filter, perPage, select, cancellationToken).SelectMany(page => page);

    /// <summary>The same, page by page: each is a request.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<TableEntity>> ListPagesAsync(
        this TableClient table, string filter, int? perPage = null, string[]? select = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var pages = table.QueryAsync<TableEntity>(filter, perPage, select, cancellationToken).AsPages().GetAsyncEnumerator(cancellationToken);
        while (await ReadableAsync(pages.MoveNextAsync().AsTask()))
        {
            yield return pages.Current.Values.Count > 0 || IsList(pages.Current.GetRawResponse())
                ? pages.Current.Values
                : throw new UnreadableRowException("The table answered no list of rows.", inner: null);
        }
    }

    /// <summary>All of the writes or none; false when a row was there, was gone, or had moved.</summary>
    /// <remarks>After a false none of it will happen later either, not even by an attempt still under way: an ETag never comes back.
    /// But it may have happened before: the client repeats a request whose answer was lost, and the repeat meets its own work.</remarks>
    public static async Task<bool> TrySubmitAsync(
        this TableClient table, IEnumerable<TableTransactionAction> writes, CancellationToken cancellationToken)
    {
        try
        {
            await ReadableAsync(table.SubmitTransactionAsync(writes, cancellationToken));
            return true;
        }
        catch (TableTransactionFailedException e) when (IsLostRace(e))
        {
            return false;
        }
    }

    /// <summary>Writes the row as it was read and changed; false when it is gone or has moved.</summary>
    public static Task<bool> TryReplaceAsync(this TableClient table, TableEntity row, CancellationToken cancellationToken) =>
        TryUpdateAsync(table, row, row.ETag, TableUpdateMode.Replace, cancellationToken);

    /// <summary>Writes these columns of a row whatever it has become, which gives it a new ETag; false when it is gone.</summary>
    public static Task<bool> TryMergeAsync(this TableClient table, TableEntity columns, CancellationToken cancellationToken) =>
        TryUpdateAsync(table, columns, ETag.All, TableUpdateMode.Merge, cancellationToken);

    /// <summary>A write that makes the row what it has become in memory, unless it has moved.</summary>
    public static TableTransactionAction Replacing(TableEntity row) => new(TableTransactionActionType.UpdateReplace, row, row.ETag);

    /// <summary>The writes that add a row and its entry in an index.</summary>
    public static TableTransactionAction[] Adding(TableEntity row, string indexKey) =>
    [
        new(TableTransactionActionType.Add, row),
        new(TableTransactionActionType.Add, new TableEntity(row.PartitionKey, indexKey)),
    ];

    private static async Task<bool> TryUpdateAsync(
        TableClient table, TableEntity row, ETag ifMatch, TableUpdateMode mode, CancellationToken cancellationToken)
    {
        try
        {
            await table.UpdateEntityAsync(row, ifMatch, mode, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (IsLostRace(e))
        {
            return false;
        }
    }

    // The client takes any JSON without rows for an empty page; the table's own says so.
    private static bool IsList(Response answer) => answer.Content.ToMemory().Span.IndexOf("\"value\""u8) >= 0;

    // What the client of the table throws for a page of HTML, or for JSON that holds no rows.
    private static async Task<T> ReadableAsync<T>(Task<T> answer)
    {
        try
        {
            return await answer;
        }
        catch (Exception senseless) when (senseless is JsonException or FormatException)
        {
            throw new UnreadableRowException("The table answered no rows.", senseless);
        }
    }

    // By code, not by status: 404 and 409 also say that the table is missing or being deleted.
    private static bool IsLostRace(RequestFailedException e) =>
        e.ErrorCode is { } code
        && (code == TableErrorCode.UpdateConditionNotSatisfied
            || code == TableErrorCode.EntityAlreadyExists
            || code == TableErrorCode.ResourceNotFound
            || code == TableErrorCode.EntityNotFound);
}

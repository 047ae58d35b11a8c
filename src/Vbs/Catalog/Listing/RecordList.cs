using Azure.Data.Tables;
using Vbs.Catalog.Rows;

namespace Vbs.Catalog.Listing;

/// <summary>Lists records of one kind, a page at a time.</summary>
/// <remarks><para>A page of up to <see cref="MaxPointReads"/> in the default order is read from the index by age: one query for the keys, then the rows
/// by their keys, some at once. The rows are not asked for in one query: on Azure a filter takes 15 comparisons
/// (learn.microsoft.com/rest/api/storageservices/querying-tables-and-entities), and a disjunction of keys scans the partition.</para>
/// <para>Anything else (a filter, another order, a larger page) scans the project's records of that kind, a thousand a request, and keeps no more of
/// them than offset and limit together.</para>
/// What is added or removed between two pages may be missed or seen, but nothing that stays is seen twice in the default order.</remarks>
internal sealed class RecordList<T>(TableClient table, ListKind<T> kind)
    where T : class
{
    /// <summary>From here on a scan of 10,000 records costs less than the rows one by one.</summary>
    public const int MaxPointReads = 100;

    private const int AtOnce = 16;
    private const int MaxPerQuery = 1000; // Table Storage's own limit of a page.

    /// <summary>The page; null when there is no record with the marker's id.</summary>
    public async Task<ListPage<T>?> ReadAsync(ListRequest request, CancellationToken cancellationToken)
    {
        var marker = await FindMarkerAsync(request, cancellationToken);
        if (marker is null && request.Marker is not null)
        {
            return null;
        }

        if (IsInIndex(request))
        {
            return new(await ReadIndexAsync(request, marker is null ? kind.Index : kind.IndexKey(marker), cancellationToken), Total: null);
        }

        var (items, passed) = await ScanAsync(request, marker, cancellationToken);
        return new(items, request.WithTotal ? passed : null);
    }

    private static bool IsInIndex(ListRequest request) =>
        request is { Filters.Count: 0, WithTotal: false, Limit: <= MaxPointReads } && request.Order.SequenceEqual(ListRequest.NewestFirst);

    private async Task<T?> FindMarkerAsync(ListRequest request, CancellationToken cancellationToken)
    {
        var key = request.Marker is null ? null : kind.RowKeyOf(request.Marker);
        var row = key is null ? null : await table.FindAsync(request.ProjectId.ToString(), key, cancellationToken);
        return row is null ? null : kind.Read(row);
    }

    private async Task<List<T>> ReadIndexAsync(ListRequest request, string after, CancellationToken cancellationToken)
    {
        var items = new List<T>(request.Limit);
        if (request.Limit == 0)
        {
            return items;
        }

        var toSkip = request.Offset;
        var perQuery = (int)Math.Min((long)request.Offset + request.Limit, MaxPerQuery);
        await foreach (var page in Range(request, after, kind.Index, perQuery, ["RowKey"]).WithCancellation(cancellationToken))
        {
            var keys = page.Skip(toSkip).Select(row => kind.RowKey(row.RowKey)).ToArray();
            toSkip = Math.Max(0, toSkip - page.Count);
            foreach (var some in keys.Chunk(request.Limit))
            {
                // One that has gone since the index was read leaves a gap, which those after it fill.
                items.AddRange((await ReadRowsAsync(request, some, cancellationToken)).Take(request.Limit - items.Count));
                if (items.Count == request.Limit)
                {
                    return items;
                }
            }
        }

        return items;
    }

    private async Task<IEnumerable<T>> ReadRowsAsync(ListRequest request, string[] keys, CancellationToken cancellationToken)
    {
        var rows = new TableEntity?[keys.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, keys.Length, parallel, async (i, stop) => rows[i] = await table.FindAsync(request.ProjectId.ToString(), keys[i], stop));
        return rows.OfType<TableEntity>().Select(kind.Read);
    }

    private async Task<(List<T> Items, int Passed)> ScanAsync(ListRequest request, T? marker, CancellationToken cancellationToken)
    {
        var order = kind.Columns.Order(request.Order);
        var wanted = (int)Math.Min((long)request.Offset + request.Limit, int.MaxValue);
        var best = new PriorityQueue<T, T>(Comparer<T>.Create((left, right) => order.Compare(right, left))); // The last of them at its head.
        var passed = 0;
        await foreach (var row in Range(request, kind.Rows, kind.Rows, MaxPerQuery, select: null).SelectMany(page => page).WithCancellation(cancellationToken))
        {
            var record = kind.Read(row);
            if (!request.Filters.All(filter => kind.Columns.Satisfies(record, filter)))
            {
                continue;
            }

            passed++;
            if (marker is not null && order.Compare(record, marker) <= 0)
            {
                continue;
            }

            best.Enqueue(record, record);
            if (best.Count > wanted)
            {
                best.Dequeue();
            }
        }

        var items = new List<T>(best.UnorderedItems.Select(item => item.Element));
        items.Sort(order);
        return (items.Skip(request.Offset).ToList(), passed);
    }

    // The character after '|' ends the range of all keys that begin so.
    private IAsyncEnumerable<IReadOnlyList<TableEntity>> Range(ListRequest request, string after, string beginning, int perQuery, string[]? select)
    {
        var end = beginning[..^1] + '}';
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {request.ProjectId.ToString()} and RowKey gt {after} and RowKey lt {end}");
        return table.ListPagesAsync(filter, perQuery, select);
    }
}

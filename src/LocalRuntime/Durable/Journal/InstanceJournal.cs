using Azure;
using Azure.Data.Tables;
using LocalRuntime.Durable.History;

namespace LocalRuntime.Durable.Journal;

/// <summary>The record of all instances: a partition each, with one state row and a row for each step.</summary>
/// <remarks>A step is written in one transaction with the state row, which counts the steps and is matched by its ETag: a step is
/// there whole or not at all, and only while nobody else has written. A step too large for one transaction goes ahead of the
/// count in several; what is not counted is void, and removed when the instance is next read.
/// It promises nothing about who may write: that is the lease's.</remarks>
internal sealed class InstanceJournal(TableClient table, Guid writer)
{
    // A transaction holds 100 operations and 4 MiB: three full rows in base64 are 3.1 MB.
    // https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions
    private const int MaxOperations = 100;
    private const int MaxFullRows = 3;

    /// <summary>Records a new instance, in one request.</summary>
    /// <returns>It as recorded; <see langword="null"/> when the id is taken.</returns>
    public async Task<InstanceState?> TryAddAsync(InstanceState state, CancellationToken cancellationToken)
    {
        try
        {
            var response = await table.AddEntityAsync(StateRow.Of(state with { Writer = writer }), cancellationToken);
            return state with { Writer = writer, ETag = response.Headers.ETag!.Value };
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            return null;
        }
    }

    /// <summary>Records a new start in the place of a finished instance.</summary>
    /// <param name="state">With the ETag of the finished one.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>It as recorded; <see langword="null"/> when the finished one is no longer there.</returns>
    public async Task<InstanceState?> TryReplaceAsync(InstanceState state, CancellationToken cancellationToken)
    {
        try
        {
            var response = await table.UpdateEntityAsync(
                StateRow.Of(state with { Writer = writer }), state.ETag, TableUpdateMode.Replace, cancellationToken);
            return state with { Writer = writer, ETag = response.Headers.ETag!.Value };
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 412)
        {
            return null;
        }
    }

    /// <summary>The state of an instance; <see langword="null"/> when there is none.</summary>
    public async Task<InstanceState?> FindAsync(string instanceId, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(instanceId, StateRow.Key, cancellationToken: cancellationToken);
        return found.HasValue ? StateRow.Read(found.Value!) : null;
    }

    /// <summary>The states of all instances that have not ended. Reads the whole table.</summary>
    public async IAsyncEnumerable<InstanceState> UnfinishedAsync()
    {
        await foreach (var row in table.QueryAsync<TableEntity>(StateRow.UnfinishedFilter))
        {
            yield return StateRow.Read(row);
        }
    }

    /// <summary>An instance with its history.</summary>
    /// <exception cref="JournalConflictException">It is no longer there.</exception>
    public async Task<StoredInstance> LoadAsync(string instanceId, CancellationToken cancellationToken)
    {
        InstanceState? state = null;
        var history = new List<TableEntity>();
        await foreach (var row in PartitionAsync(instanceId, cancellationToken))
        {
            if (row.RowKey == StateRow.Key)
            {
                state = StateRow.Read(row);
            }
            else
            {
                history.Add(row);
            }
        }

        if (state is null)
        {
            throw new JournalConflictException(instanceId);
        }

        var groups = history.ToLookup(row => EpisodeRows.IsValid(row, state));
        return new StoredInstance(state, EpisodeRows.Read(groups[true]), [.. groups[true].Select(Key)], [.. groups[false].Select(Key)]);
    }

    /// <summary>Records the next state of an instance, and the step that led to it, if one did. Safe to repeat.</summary>
    /// <returns>The state as recorded, and the keys of the step's rows.</returns>
    /// <exception cref="JournalConflictException">Another process has written the instance since.</exception>
    public async Task<(InstanceState State, IReadOnlyList<string> Keys)> CommitAsync(
        InstanceState before, InstanceState after, Episode? episode, CancellationToken cancellationToken)
    {
        after = after with { Writer = writer, Version = before.Version + 1 };
        var rows = episode is null ? [] : EpisodeRows.Of(after.InstanceId, after.Execution, after.Episodes - 1, episode);
        var ahead = Math.Max(0, rows.Count - MaxFullRows);
        var unchanged = before with { Writer = writer };
        foreach (var chunk in rows.Take(ahead).Chunk(MaxFullRows))
        {
            unchanged = unchanged with { ETag = await SubmitAsync(chunk, unchanged, unchanged, cancellationToken) };
        }

        var etag = await SubmitAsync(rows.Skip(ahead), unchanged, after, cancellationToken);
        return (after with { ETag = etag }, [.. rows.Select(Key)]);
    }

    /// <summary>Removes rows of an instance's history. Safe to repeat.</summary>
    public async Task DeleteAsync(string instanceId, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        foreach (var chunk in keys.Chunk(MaxOperations))
        {
            try
            {
                await table.SubmitTransactionAsync(
                    chunk.Select(key => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(instanceId, key), ETag.All)),
                    cancellationToken);
            }
            catch (TableTransactionFailedException failure) when (failure.Status == 404)
            {
                // The answer to an earlier attempt was lost: they are gone.
            }
        }
    }

    /// <summary>Removes an instance that has ended, its state first, so that what a crash leaves is void.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> TryPurgeAsync(string instanceId, CancellationToken cancellationToken)
    {
        if (await FindAsync(instanceId, cancellationToken) is not { IsFinished: true } state)
        {
            return false;
        }

        try
        {
            await table.DeleteEntityAsync(instanceId, StateRow.Key, state.ETag, cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            return false;
        }

        var keys = await PartitionAsync(instanceId, cancellationToken).Select(Key).ToListAsync(cancellationToken);
        await DeleteAsync(instanceId, keys, cancellationToken);
        return true;
    }

    private static string Key(TableEntity row) => row.RowKey;

    private AsyncPageable<TableEntity> PartitionAsync(string instanceId, CancellationToken cancellationToken) =>
        table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {instanceId}"), cancellationToken: cancellationToken);

    private async Task<ETag> SubmitAsync(
        IEnumerable<TableEntity> rows, InstanceState before, InstanceState after, CancellationToken cancellationToken)
    {
        var actions = rows
            .Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row))
            .Append(new TableTransactionAction(TableTransactionActionType.UpdateMerge, StateRow.Change(before, after), before.ETag));
        try
        {
            var responses = await table.SubmitTransactionAsync(actions, cancellationToken);
            return responses.Value[^1].Headers.ETag!.Value;
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 412)
        {
            // Ours all the same when the answer to an earlier attempt was lost.
            return await FindAsync(before.InstanceId, cancellationToken) is { } found && found.Writer == writer && found.Version >= after.Version
                ? found.ETag
                : throw new JournalConflictException(before.InstanceId);
        }
    }
}

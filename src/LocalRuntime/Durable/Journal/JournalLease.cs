using Azure;
using Azure.Data.Tables;

namespace LocalRuntime.Durable.Journal;

/// <summary>Keeps a second process off a journal: a row that says who holds it, and until when.</summary>
/// <remarks>It is renewed at a third of its duration. A holder that was killed is found out at once on its own machine, elsewhere at the
/// expiry. A holder that slept past the expiry goes on if nobody has taken the row meanwhile; if somebody has, it has lost.</remarks>
internal sealed class JournalLease(TableClient table, LeaseOwner owner, Guid token, TimeSpan duration, TimeProvider time) : IDisposable
{
    // No instance id begins with it.
    private const string Partition = "@lease";
    private const string Row = "lease";

    private readonly SemaphoreSlim turn = new(1, 1);
    private DateTimeOffset expires;
    private ETag etag;

    /// <summary>Whether somebody else has taken it; final.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Takes it, and waits for at most its duration if another holds it.</summary>
    /// <exception cref="InvalidOperationException">Another process holds and renews it: the message is for a person.</exception>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset? awaited = null;
        while (true)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellationToken);
            if (!found.HasValue || IsAbandoned(found.Value!, awaited))
            {
                if (await TryWriteAsync(found.HasValue ? found.Value!.ETag : null, cancellationToken))
                {
                    return;
                }

                continue;
            }

            var (holder, until) = Read(found.Value!);
            if (awaited is not null && until != awaited)
            {
                throw new InvalidOperationException(
                    $"Process {holder.ProcessId} on {holder.Machine} runs on the journal '{table.Name}': stop it, or use another hub name.");
            }

            awaited = until;
            var left = Math.Clamp((until - time.GetUtcNow()).Ticks, 0, duration.Ticks);
            await Task.Delay(TimeSpan.FromTicks(left), time, cancellationToken);
        }
    }

    /// <summary>Renews it.</summary>
    /// <exception cref="LeaseLostException">Somebody else has taken it.</exception>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (IsLost || !await TryWriteAsync(etag, cancellationToken))
            {
                IsLost = true;
                throw new LeaseLostException(table.Name);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Makes sure that it is held now: at no cost while it is fresh, by a renewal once it has expired.</summary>
    /// <exception cref="LeaseLostException">Somebody else has taken it.</exception>
    public Task EnsureHeldAsync(CancellationToken cancellationToken) =>
        !IsLost && time.GetUtcNow() < expires ? Task.CompletedTask : RenewAsync(cancellationToken);

    /// <summary>Gives it back, if it is held still.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await table.DeleteEntityAsync(Partition, Row, etag, cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            IsLost = true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private static (LeaseOwner Holder, DateTimeOffset Until) Read(TableEntity row)
    {
        var holder = new LeaseOwner(
            row.GetString(nameof(LeaseOwner.Machine)),
            row.GetInt32(nameof(LeaseOwner.ProcessId))!.Value,
            row.GetDateTimeOffset(nameof(LeaseOwner.StartedAt))!.Value);
        return (holder, row.GetDateTimeOffset("Expires")!.Value);
    }

    // Once its end was awaited, only a renewal in between counts, whatever the two machines' clocks say.
    private bool IsAbandoned(TableEntity row, DateTimeOffset? awaited)
    {
        var (holder, until) = Read(row);
        var ended = awaited is null ? until <= time.GetUtcNow() : until == awaited;
        return ended || row.GetGuid("Token") == token || holder.IsGone(owner);
    }

    private async Task<bool> TryWriteAsync(ETag? current, CancellationToken cancellationToken)
    {
        // Counted from before the request: the holder never believes in it longer than the row says.
        var until = time.GetUtcNow() + duration;
        var row = new TableEntity(Partition, Row)
        {
            [nameof(LeaseOwner.Machine)] = owner.Machine,
            [nameof(LeaseOwner.ProcessId)] = owner.ProcessId,
            [nameof(LeaseOwner.StartedAt)] = owner.StartedAt,
            ["Token"] = token,
            ["Expires"] = until,
        };
        try
        {
            var response = current is { } match
                ? await table.UpdateEntityAsync(row, match, TableUpdateMode.Replace, cancellationToken)
                : await table.AddEntityAsync(row, cancellationToken);
            (etag, expires) = (response.Headers.ETag!.Value, until);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 409 or 412)
        {
            return await IsOwnAsync(cancellationToken);
        }
    }

    // Refused, yet ours when the answer to an earlier attempt was lost.
    private async Task<bool> IsOwnAsync(CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellationToken);
        if (!found.HasValue || found.Value!.GetGuid("Token") != token)
        {
            return false;
        }

        (etag, expires) = (found.Value.ETag, Read(found.Value).Until);
        return true;
    }
}

using System.Collections.Concurrent;
using VbsFunctions.Tests.Wire;

namespace VbsFunctions.Tests.Hostile;

/// <summary>Sends requests as they are over a few connections that it keeps.</summary>
internal sealed class RawClient(string baseUrl) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ConcurrentBag<RawConnection> idle = [];
    private readonly ConcurrentDictionary<string, byte> ids = new();

    /// <summary>Sends a request and reads its answer.</summary>
    public async Task<WireAnswer> AskAsync(HostileRequest request, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            while (idle.TryTake(out var kept))
            {
                if (await TryAskAsync(kept, request, either.Token) is { } answer)
                {
                    return answer;
                }
            }

            return await TryAskAsync(await RawConnection.OpenAsync(baseUrl, either.Token), request, either.Token)
                ?? throw new InvalidDataException($"The connection was closed without an answer to {request}");
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer to {request}", e);
        }
    }

    /// <summary>Notes a request id; false when it came before.</summary>
    public bool TryAddRequestId(string id) => ids.TryAdd(id, 0);

    /// <inheritdoc/>
    public void Dispose()
    {
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    // Null when the connection had ended: a server may end an idle one whenever it likes.
    private async Task<WireAnswer?> TryAskAsync(RawConnection connection, HostileRequest request, CancellationToken cancellationToken)
    {
        WireAnswer? answer = null;
        try
        {
            await connection.SendAsync(request.ToBytes(), cancellationToken);
            answer = await connection.ReadAsync(request.IsAnsweredWithBody, cancellationToken);
            return answer;
        }
        catch (IOException)
        {
            return null;
        }
        finally
        {
            Keep(connection, answer is not null && answer.Header("Connection") != "close");
        }
    }

    private void Keep(RawConnection connection, bool isOpen)
    {
        if (isOpen)
        {
            idle.Add(connection);
        }
        else
        {
            connection.Dispose();
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace Vbs.Benchmarks.Serving;

/// <summary>Stands between a program and a storage service on loopback, counts the requests, and keeps some of them from it.</summary>
/// <remarks>A request begins with the first bytes that a client sends after an answer: the storage clients neither pipeline nor
/// ask for 100-continue. What is held is never answered, as if the service had stopped to take such requests.</remarks>
internal sealed class RequestTap : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly int target;
    private readonly byte[]? heldStart;
    private readonly Task accepting;
    private int requests;
    private int held;

    /// <summary>Listens on a free port.</summary>
    /// <param name="target">The service's port.</param>
    /// <param name="heldStart">How a request begins that is held; absent: none is.</param>
    public RequestTap(int target, byte[]? heldStart = null)
    {
        (this.target, this.heldStart) = (target, heldStart);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>How a transaction begins: a step of an orchestration is one, its start is none.</summary>
    public static byte[] Transaction => "POST /devstoreaccount1/$batch "u8.ToArray();

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How many requests have begun, the held ones included.</summary>
    public int Requests => Volatile.Read(ref requests);

    /// <summary>How many of them were held.</summary>
    public int Held => Volatile.Read(ref held);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Dispose();
        await accepting;
        ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ForwardAsync(await listener.AcceptSocketAsync(ended.Token)));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ForwardAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            var answered = new Answered();
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, target, ended.Token);
                await Task.WhenAny(RequestsAsync(client, server, answered), AnswersAsync(server, client, answered));
            }
            catch (Exception gone) when (gone is OperationCanceledException or SocketException)
            {
                // The program or the service has ended.
            }
        }
    }

    private async Task RequestsAsync(Socket client, Socket server, Answered answered)
    {
        var buffer = new byte[BufferBytes];
        for (int read; (read = await client.ReceiveAsync(buffer, ended.Token)) > 0;)
        {
            if (answered.Take())
            {
                Interlocked.Increment(ref requests);
                if (heldStart is not null && buffer.AsSpan(0, read).StartsWith(heldStart))
                {
                    Interlocked.Increment(ref held);
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ended.Token);
                }
            }

            await server.SendAsync(buffer.AsMemory(0, read), ended.Token);
        }
    }

    private async Task AnswersAsync(Socket server, Socket client, Answered answered)
    {
        var buffer = new byte[BufferBytes];
        for (int read; (read = await server.ReceiveAsync(buffer, ended.Token)) > 0;)
        {
            answered.Set();
            await client.SendAsync(buffer.AsMemory(0, read), ended.Token);
        }
    }

    private sealed class Answered
    {
        private int set = 1;

        public void Set() => Volatile.Write(ref set, 1);

        public bool Take() => Interlocked.Exchange(ref set, 0) == 1;
    }
}

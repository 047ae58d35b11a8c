using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Testing;

/// <summary>A peer on loopback that answers whatever a test wants in place of Keystone, HTTP or not, and counts what it is asked. For faults
/// and for counting only: how Keystone itself answers is for a real one to say.</summary>
public sealed class FakeKeystone : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopped = new();
    private readonly ConcurrentQueue<FakeRequest> requests = new();
    private readonly Task accepting;

    /// <summary>Listens on a free port.</summary>
    public FakeKeystone()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Answers <c>GET /v3/auth/tokens</c> and all else that is no login: raw text, sent as it is; empty hangs up, null never answers.</summary>
    public Func<FakeRequest, Task<string?>> Show { get; set; } = _ => Task.FromResult<string?>(Reply(404, "{}"));

    /// <summary>Answers <c>POST /v3/auth/tokens</c>.</summary>
    public Func<FakeRequest, Task<string?>> LogIn { get; set; } = _ => Task.FromResult<string?>(Reply(500, "{}"));

    /// <summary>Where it listens.</summary>
    public string Uri => $"http://{listener.LocalEndpoint}";

    /// <summary>What it was asked.</summary>
    public IReadOnlyList<FakeRequest> Requests => [.. requests];

    /// <summary>The requests about tokens.</summary>
    public IReadOnlyList<FakeRequest> Shown => [.. requests.Where(request => request.Method == "GET")];

    /// <summary>The logins.</summary>
    public IReadOnlyList<FakeRequest> LoggedIn => [.. requests.Where(request => request.Method == "POST")];

    /// <summary>An HTTP answer.</summary>
    public static string Reply(int status, string body, params string[] headers) => string.Join(
        "\r\n",
        [$"HTTP/1.1 {status} Status", "Connection: close", $"Content-Length: {Encoding.UTF8.GetByteCount(body)}", .. headers, "", body]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (stopped.IsCancellationRequested)
        {
            return;
        }

        await stopped.CancelAsync();
        listener.Dispose();
        await accepting;
        stopped.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await listener.AcceptTcpClientAsync(stopped.Token)));
            }
        }
        catch (Exception ended) when (stopped.IsCancellationRequested && ended is OperationCanceledException or InvalidOperationException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
                var request = await FakeRequest.ReadAsync(reader, stopped.Token);
                requests.Enqueue(request);
                var answer = await (request.Method == "POST" ? LogIn : Show)(request).WaitAsync(stopped.Token);
                await (answer is null ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopped.Token) : Task.CompletedTask);
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer!), stopped.Token);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // Whoever asked has hung up, or the test is over.
            }
        }
    }
}

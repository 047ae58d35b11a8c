using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VbsFunctions.Tests.Wire;

/// <summary>A connection that sends any bytes: what no HTTP client would send, or only half of it.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient tcp = new() { NoDelay = true };

    private RawConnection()
    {
    }

    public static async Task<RawConnection> OpenAsync(string baseUrl, CancellationToken cancellationToken)
    {
        var connection = new RawConnection();
        await connection.tcp.ConnectAsync(IPAddress.Loopback, new Uri(baseUrl).Port, cancellationToken);
        return connection;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await tcp.GetStream().WriteAsync(bytes, cancellationToken);

    /// <summary>Reads one answer, whose length must be said; null when the connection ends before one begins.</summary>
    /// <exception cref="InvalidDataException">The answer is not well formed.</exception>
    public async Task<WireAnswer?> ReadAsync(CancellationToken cancellationToken)
    {
        var head = await ReadHeadAsync(cancellationToken);
        if (head is null)
        {
            return null;
        }

        var lines = head.Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).Select(parts => parts is [var name, var value]
            ? (name, value)
            : throw new InvalidDataException($"No header: {string.Join(": ", parts)}")).ToList();
        var answer = new WireAnswer(Status(lines[0]), headers, []);
        var length = int.Parse(answer.Header("Content-Length") ?? throw new InvalidDataException("No Content-Length."), NumberStyles.None, CultureInfo.InvariantCulture);
        var body = new byte[length];
        await tcp.GetStream().ReadExactlyAsync(body, cancellationToken);
        return answer with { Body = body };
    }

    /// <summary>Closes it at once, as a client that dies: what is under way is lost.</summary>
    public void Dispose()
    {
        tcp.LingerState = new LingerOption(enable: true, seconds: 0);
        tcp.Dispose();
    }

    private static int Status(string line) => line.Split(' ') is ["HTTP/1.1", var status, ..]
        ? int.Parse(status, NumberStyles.None, CultureInfo.InvariantCulture)
        : throw new InvalidDataException($"No status line: {line}");

    // A byte at a time: heads are short, and what follows is the body's.
    private async Task<string?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var head = new List<byte>();
        var next = new byte[1];
        while (!CollectionsEndWith(head, "\r\n\r\n"u8))
        {
            if (await ReadOrEndAsync(next, cancellationToken) == 0)
            {
                return head.Count == 0 ? null : throw new InvalidDataException("The head is cut.");
            }

            head.Add(next[0]);
        }

        return Encoding.Latin1.GetString([.. head])[..^4];
    }

    private async Task<int> ReadOrEndAsync(byte[] next, CancellationToken cancellationToken)
    {
        try
        {
            return await tcp.GetStream().ReadAsync(next, cancellationToken);
        }
        catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return 0;
        }
    }

    private static bool CollectionsEndWith(List<byte> bytes, ReadOnlySpan<byte> end) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes).EndsWith(end);
}

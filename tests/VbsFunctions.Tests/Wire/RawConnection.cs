using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VbsFunctions.Tests.Wire;

/// <summary>A connection that sends any bytes: what no HTTP client would send, or only half of it.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient tcp = new() { NoDelay = true };
    private PipeReader received = null!;

    private RawConnection()
    {
    }

    public static async Task<RawConnection> OpenAsync(string baseUrl, CancellationToken cancellationToken)
    {
        var connection = new RawConnection();
        await connection.tcp.ConnectAsync(IPAddress.Loopback, new Uri(baseUrl).Port, cancellationToken);
        connection.received = PipeReader.Create(connection.tcp.GetStream());
        return connection;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await tcp.GetStream().WriteAsync(bytes, cancellationToken);

    /// <summary>Reads one answer, whose length must be said; null when the connection ends before one begins.</summary>
    /// <param name="hasBody">False for the answer to a HEAD.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidDataException">The answer is not well formed.</exception>
    public async Task<WireAnswer?> ReadAsync(bool hasBody, CancellationToken cancellationToken)
    {
        WireAnswer? answer;
        do
        {
            answer = await ReadHeadAsync(cancellationToken) is { } head ? Parse(head) : null;
        }
        while (answer is { Status: < 200 });

        var said = answer is null || !hasBody ? "0" : answer.Header("Content-Length") ?? throw new InvalidDataException("No Content-Length.");
        var length = int.Parse(said, NumberStyles.None, CultureInfo.InvariantCulture);
        if (answer is null || length == 0)
        {
            return answer;
        }

        var read = await received.ReadAtLeastAsync(length, cancellationToken);
        var body = read.Buffer.Length >= length ? read.Buffer.Slice(0, length).ToArray() : throw new InvalidDataException("The body is cut.");
        received.AdvanceTo(read.Buffer.GetPosition(length));
        return answer with { Body = body };
    }

    /// <summary>Closes it at once, as a client that dies: what is under way is lost.</summary>
    public void Dispose()
    {
        tcp.LingerState = new LingerOption(enable: true, seconds: 0);
        tcp.Dispose();
    }

    private static WireAnswer Parse(string head)
    {
        var lines = head.Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).Select(parts => parts is [var name, var value]
            ? (name, value.Trim(' '))
            : throw new InvalidDataException($"No header: {parts[0]}"));
        return lines[0].Split(' ') is ["HTTP/1.1", var status, ..]
            ? new WireAnswer(int.Parse(status, NumberStyles.None, CultureInfo.InvariantCulture), [.. headers], [])
            : throw new InvalidDataException($"No status line: {lines[0]}");
    }

    private async Task<string?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        while (await TryReceiveAsync(cancellationToken) is { } read)
        {
            if (TryTakeHead(read.Buffer, out var head, out var rest))
            {
                received.AdvanceTo(rest);
                return head;
            }

            if (read.IsCompleted)
            {
                return read.Buffer.IsEmpty ? null : throw new InvalidDataException("The head is cut.");
            }

            received.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }

        return null;
    }

    private static bool TryTakeHead(ReadOnlySequence<byte> buffer, out string head, out SequencePosition rest)
    {
        var reader = new SequenceReader<byte>(buffer);
        var isWhole = reader.TryReadTo(out ReadOnlySequence<byte> text, "\r\n\r\n"u8);
        (head, rest) = (isWhole ? Encoding.Latin1.GetString(text) : "", reader.Position);
        return isWhole;
    }

    private async Task<ReadResult?> TryReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await received.ReadAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return null;
        }
    }
}

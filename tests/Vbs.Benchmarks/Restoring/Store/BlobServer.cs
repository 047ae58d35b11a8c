using System.Globalization;
using System.Net.Sockets;

namespace Vbs.Benchmarks.Restoring;

/// <summary>As much of the Blob service as a segment uses: reads of block blobs, which are files, and writes and clears of one page
/// blob, which is memory. A disk on which the same content stands several times takes the memory of one.</summary>
/// <remarks>A process of its own, so that its memory and its CPU time are not counted as the pipeline's; and lean, since it has to do with
/// what the pipeline leaves of the same cores: a thread waits on each connection, files go out by sendfile, and pages are received where
/// they belong. It listens on a Unix socket: TCP over loopback, both of whose ends are on the same cores, took a quarter of all CPU time.
/// It asks nobody for a token, and checks no checksum: the service does that on machines of its own.</remarks>
internal sealed class BlobServer(string folder, byte[] content, long diskBytes)
{
    /// <summary>What a socket holds on its way, in each direction: enough that neither side wakes the other for every read.</summary>
    public const int SocketBufferBytes = 1 << 20;

    private const int VhdFooterBytes = 512;

    private const string Common =
        "ETag: \"1\"\r\nLast-Modified: Tue, 24 Nov 2026 00:00:00 GMT\r\nx-ms-version: 2021-12-02\r\nx-ms-request-id: 1\r\n";

    private readonly Dictionary<string, long> lengths =
        Directory.EnumerateFiles(folder).ToDictionary(path => Path.GetFileName(path), path => new FileInfo(path).Length);

    /// <summary>Serves until standard input ends, and then writes the disk to its file. Prints its address.</summary>
    /// <param name="arguments">Folder of the objects, file of the disk, length of the content, of at most 2 GB, and of the disk.</param>
    /// <param name="input">Its end is the server's.</param>
    /// <param name="output">Where the address goes.</param>
    public static async Task RunAsync(IReadOnlyList<string> arguments, TextReader input, TextWriter output)
    {
        var content = new byte[int.Parse(arguments[2], CultureInfo.InvariantCulture)];
        for (var i = 0; i < content.Length; i += Environment.SystemPageSize)
        {
            // The system gives the memory now, before anything is measured.
            Volatile.Write(ref content[i], 0);
        }

        var server = new BlobServer(arguments[0], content, long.Parse(arguments[3], CultureInfo.InvariantCulture));
        var path = $"{arguments[1]}.socket";
        File.Delete(path);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        Start(() => server.Accept(listener));
        await output.WriteLineAsync(path);
        await output.FlushAsync();
        await input.ReadToEndAsync();
        File.Delete(path);
        Save(content, arguments[1]);
    }

    /// <summary>All but the zeros, which stay holes.</summary>
    private static void Save(byte[] content, string path)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        RandomAccess.SetLength(file, content.Length);
        for (var start = 0; start < content.Length; start += 1 << 20)
        {
            var run = content.AsSpan(start, Math.Min(1 << 20, content.Length - start));
            if (run.ContainsAnyExcept((byte)0))
            {
                RandomAccess.Write(file, run, start);
            }
        }
    }

    private static void Start(Action run)
    {
        var thread = new Thread(() =>
        {
            try
            {
                run();
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException or EndOfStreamException)
            {
                // The other side has gone, or the benchmark has ended.
            }
        });
        thread.IsBackground = true;
        thread.Start();
    }

    private void Accept(Socket listener)
    {
        while (true)
        {
            var socket = listener.Accept();
            socket.SendBufferSize = SocketBufferBytes;
            Start(() => Serve(socket));
        }
    }

    private void Serve(Socket socket)
    {
        using var connection = new BlobConnection(socket);
        while (connection.ReadHead() is { } head)
        {
            Answer(connection, head);
        }
    }

    private void Answer(BlobConnection connection, BlobRequest request)
    {
        switch (request.Method)
        {
            case "HEAD":
                connection.Send($"HTTP/1.1 200 OK\r\n{Common}x-ms-blob-type: PageBlob\r\nContent-Length: {diskBytes + VhdFooterBytes}\r\n\r\n");
                break;
            case "PUT":
                Write(connection, request);
                break;
            case "GET" when request.Target.Contains("comp=pagelist", StringComparison.Ordinal):
                // Nothing is on the disk when it is asked for its pages.
                const string None = "<?xml version=\"1.0\" encoding=\"utf-8\"?><PageList></PageList>";
                connection.Send($"HTTP/1.1 200 OK\r\n{Common}Content-Type: application/xml\r\nContent-Length: {None.Length}\r\n\r\n{None}");
                break;
            default:
                Read(connection, request);
                break;
        }
    }

    /// <summary>Pages come in a frame with their CRC64: 13 bytes of message header, 10 of segment header, the pages, and the checksums
    /// (x-ms-structured-body: XSM/1.0). A write is at most one segment.</summary>
    private void Write(BlobConnection connection, BlobRequest request)
    {
        var (offset, end) = request.Range!.Value;
        var pages = content.AsSpan((int)(offset % content.Length), (int)(end - offset));
        var frame = request["x-ms-structured-body"];
        if (request["x-ms-page-write"] == "clear")
        {
            pages.Clear();
        }
        else
        {
            var before = frame is null ? 0 : 13 + 10;
            connection.Skip(before);
            connection.Receive(pages);
            connection.Skip(request.ContentLength - before - pages.Length);
        }

        var echo = frame is null ? "" : $"x-ms-structured-body: {frame}\r\n";
        connection.Send($"HTTP/1.1 201 Created\r\n{Common}{echo}x-ms-blob-sequence-number: 0\r\nContent-Length: 0\r\n\r\n");
    }

    private void Read(BlobConnection connection, BlobRequest request)
    {
        var name = request.Target.Split('?')[0].Split('/')[^1];
        var length = lengths[name];
        var type = $"{Common}x-ms-blob-type: BlockBlob\r\nContent-Type: application/octet-stream\r\n";
        var path = Path.Combine(folder, name);
        if (request.Range is not { } range)
        {
            connection.SendFile($"HTTP/1.1 200 OK\r\n{type}Content-Length: {length}\r\n\r\n", path);
            return;
        }

        var end = Math.Min(range.End, length);
        connection.Send(
            $"HTTP/1.1 206 Partial Content\r\n{type}Content-Range: bytes {range.Offset}-{end - 1}/{length}\r\nContent-Length: {end - range.Offset}\r\n\r\n");
        connection.SendPart(path, range.Offset, end);
    }
}

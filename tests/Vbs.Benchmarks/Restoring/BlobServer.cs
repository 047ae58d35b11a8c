using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Vbs.Benchmarks.Restoring;

/// <summary>As much of the Blob service as a segment uses: reads of block blobs, which are files, and writes and clears of one page
/// blob, which is memory.</summary>
/// <remarks>A process of its own, so that its memory and its CPU time are not counted as the pipeline's; and lean, since it has to do with
/// what the pipeline leaves of the same cores: a thread waits on each connection, files go out by sendfile, and pages are received where
/// they belong. It asks nobody for a token, and checks no checksum: the service does that on machines of its own.</remarks>
internal sealed class BlobServer(string folder, byte[] disk)
{
    private const string Common =
        "ETag: \"1\"\r\nLast-Modified: Tue, 24 Nov 2026 00:00:00 GMT\r\nx-ms-version: 2021-12-02\r\nx-ms-request-id: 1\r\n";

    private readonly Dictionary<string, long> lengths =
        Directory.EnumerateFiles(folder).ToDictionary(path => Path.GetFileName(path), path => new FileInfo(path).Length);

    /// <summary>Serves until standard input ends, and then writes the disk to its file. Prints its port.</summary>
    /// <param name="arguments">Folder of the objects, file of the disk, its length in bytes, of at most 2 GB.</param>
    /// <param name="input">Its end is the server's.</param>
    /// <param name="output">Where the port goes.</param>
    public static async Task RunAsync(IReadOnlyList<string> arguments, TextReader input, TextWriter output)
    {
        var disk = new byte[int.Parse(arguments[2], CultureInfo.InvariantCulture)];
        for (var i = 0; i < disk.Length; i += Environment.SystemPageSize)
        {
            // The system gives the memory now, before anything is measured.
            Volatile.Write(ref disk[i], 0);
        }

        var server = new BlobServer(arguments[0], disk);
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Start(() => server.Accept(listener));
        await output.WriteLineAsync(((IPEndPoint)listener.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture));
        await output.FlushAsync();
        await input.ReadToEndAsync();
        Save(disk, arguments[1]);
    }

    /// <summary>All but the zeros, which stay holes.</summary>
    private static void Save(byte[] disk, string path)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        RandomAccess.SetLength(file, disk.Length);
        for (var start = 0; start < disk.Length; start += 1 << 20)
        {
            var run = disk.AsSpan(start, Math.Min(1 << 20, disk.Length - start));
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
            socket.NoDelay = true;
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
                connection.Send($"HTTP/1.1 200 OK\r\n{Common}x-ms-blob-type: PageBlob\r\nContent-Length: {disk.Length}\r\n\r\n");
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
        var pages = disk.AsSpan((int)offset, (int)(end - offset));
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

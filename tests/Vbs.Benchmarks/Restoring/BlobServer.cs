using System.Buffers;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Vbs.Benchmarks.Restoring;

/// <summary>As much of the Blob service as a segment uses: reads of block blobs, writes and clears of one page blob, both files.</summary>
/// <remarks>A process of its own, so that its memory and its CPU time are not counted as the pipeline's. It asks nobody for a token,
/// and checks no checksum: the service does that on machines of its own.</remarks>
internal sealed class BlobServer(Dictionary<string, FileInfo> objects, SafeFileHandle disk) : IDisposable
{
    /// <summary>Serves until standard input ends. Prints its port.</summary>
    /// <param name="arguments">Folder of the objects, file of the disk, its length in bytes.</param>
    /// <param name="input">Its end is the server's.</param>
    /// <param name="output">Where the port goes.</param>
    public static async Task RunAsync(IReadOnlyList<string> arguments, TextReader input, TextWriter output)
    {
        var objects = Directory.EnumerateFiles(arguments[0]).ToDictionary(path => Path.GetFileName(path), path => new FileInfo(path));
        var disk = File.OpenHandle(arguments[1], FileMode.OpenOrCreate, FileAccess.ReadWrite);
        RandomAccess.SetLength(disk, long.Parse(arguments[2], CultureInfo.InvariantCulture));
        using var server = new BlobServer(objects, disk);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        await using var app = builder.Build();
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        await output.WriteLineAsync(new Uri(app.Urls.First()).Port.ToString(CultureInfo.InvariantCulture));
        await output.FlushAsync();
        await input.ReadToEndAsync();
        await app.StopAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => disk.Dispose();

    private Task AnswerAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ETag = "\"1\"";
        headers.LastModified = "Tue, 24 Nov 2026 00:00:00 GMT";
        headers["x-ms-version"] = "2021-12-02";
        headers["x-ms-request-id"] = "1";
        return context.Request.Method switch
        {
            "HEAD" => DescribeAsync(context),
            "PUT" => WriteAsync(context),
            "GET" when context.Request.Query["comp"] == "pagelist" => ListPagesAsync(context),
            _ => ReadAsync(context, objects[context.Request.Path.Value!.Split('/')[^1]]),
        };
    }

    private Task DescribeAsync(HttpContext context)
    {
        context.Response.Headers["x-ms-blob-type"] = "PageBlob";
        context.Response.ContentLength = RandomAccess.GetLength(disk);
        return Task.CompletedTask;
    }

    /// <summary>Nothing is on the disk when it is asked for its pages.</summary>
    private static Task ListPagesAsync(HttpContext context)
    {
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync("<?xml version=\"1.0\" encoding=\"utf-8\"?><PageList></PageList>");
    }

    private async Task WriteAsync(HttpContext context)
    {
        var (offset, end) = Range(context.Request);
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers["x-ms-blob-sequence-number"] = "0";
        context.Response.ContentLength = 0;
        if (context.Request.Headers["x-ms-page-write"] == "clear")
        {
            Clear(offset, end);
            return;
        }

        await CopyPagesAsync(context, offset, end);
    }

    /// <summary>The pages come in a frame with their CRC64: 13 bytes of message header, 10 of segment header, the pages, and the checksums
    /// (x-ms-structured-body: XSM/1.0). A write is at most one segment.</summary>
    private async Task CopyPagesAsync(HttpContext context, long offset, long end)
    {
        var skip = 0L;
        if (context.Request.Headers.TryGetValue("x-ms-structured-body", out var frame))
        {
            context.Response.Headers["x-ms-structured-body"] = frame;
            skip = 13 + 10;
        }

        var body = context.Request.BodyReader;
        for (var completed = false; !completed;)
        {
            var read = await body.ReadAsync();
            var bytes = read.Buffer.Slice(Math.Min(skip, read.Buffer.Length));
            skip -= read.Buffer.Length - bytes.Length;
            foreach (var part in bytes.Slice(0, Math.Min(bytes.Length, end - offset)))
            {
                RandomAccess.Write(disk, part.Span, offset);
                offset += part.Length;
            }

            body.AdvanceTo(read.Buffer.End);
            completed = read.IsCompleted;
        }
    }

    /// <summary>A page that was never written is a hole in the file and stays one.</summary>
    private void Clear(long offset, long end)
    {
        var zeros = ArrayPool<byte>.Shared.Rent(1 << 20);
        var found = ArrayPool<byte>.Shared.Rent(1 << 20);
        Array.Clear(zeros);
        for (; offset < end; offset += 1 << 20)
        {
            var length = (int)Math.Min(1 << 20, end - offset);
            RandomAccess.Read(disk, found.AsSpan(0, length), offset);
            if (found.AsSpan(0, length).ContainsAnyExcept((byte)0))
            {
                RandomAccess.Write(disk, zeros.AsSpan(0, length), offset);
            }
        }

        ArrayPool<byte>.Shared.Return(zeros);
        ArrayPool<byte>.Shared.Return(found);
    }

    private static async Task ReadAsync(HttpContext context, FileInfo file)
    {
        var length = file.Length;
        var (offset, end) = context.Request.Headers.ContainsKey("x-ms-range") ? Range(context.Request) : (0, length);
        end = Math.Min(end, length);
        var response = context.Response;
        response.Headers["x-ms-blob-type"] = "BlockBlob";
        response.ContentType = "application/octet-stream";
        response.ContentLength = end - offset;
        if (context.Request.Headers.ContainsKey("x-ms-range"))
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {offset}-{end - 1}/{length}";
        }

        await response.SendFileAsync(file.FullName, offset, end - offset);
    }

    private static (long Offset, long End) Range(HttpRequest request)
    {
        var bounds = request.Headers["x-ms-range"].ToString()["bytes=".Length..].Split('-');
        var end = bounds[1].Length > 0 ? long.Parse(bounds[1], CultureInfo.InvariantCulture) + 1 : long.MaxValue;
        return (long.Parse(bounds[0], CultureInfo.InvariantCulture), end);
    }
}

using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Vbs.Backups;

namespace Vbs.Benchmarks.Scale;

/// <summary>As much of the Blob service as planning uses. Backups are made up while they are read; of what is written the plan is kept,
/// and of the digest index nothing. The disk is there, empty; the backups' objects are listed and not there.</summary>
internal sealed class HugeStore : IAsyncDisposable
{
    // Azure's longest page of a listing.
    private const int PageItems = 5_000;
    private const int VhdFooterBytes = 512;

    private readonly WebApplication app;
    private readonly HugeBackup[] chain;
    private readonly Dictionary<string, byte[]> staged = [];
    private byte[] plan = [];
    private int requests;
    private long written;
    private long read;

    private HugeStore(WebApplication app, HugeBackup[] chain)
    {
        (this.app, this.chain) = (app, chain);
        app.Run(AnswerAsync);
    }

    /// <summary>Where its account is.</summary>
    public Uri Address => new($"{app.Urls.First()}/account");

    /// <summary>Requests so far.</summary>
    public int Requests => Volatile.Read(ref requests);

    /// <summary>Bytes written so far.</summary>
    public long WrittenBytes => Volatile.Read(ref written);

    /// <summary>Bytes read so far of plan and digests.</summary>
    public long ReadBytes => Volatile.Read(ref read);

    /// <summary>Starts it on a free port.</summary>
    public static async Task<HugeStore> StartAsync(params HugeBackup[] chain)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var store = new HugeStore(builder.Build(), chain);
        await store.app.StartAsync();
        return store;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref requests);
        var headers = context.Response.Headers;
        headers.ETag = "\"1\"";
        headers.LastModified = "Tue, 24 Nov 2026 00:00:00 GMT";
        headers["x-ms-request-id"] = "1";
        var (path, query) = (context.Request.Path.Value!, context.Request.Query);
        return context.Request.Method is "PUT" or "DELETE" ? WriteAsync(context)
            : path.StartsWith("/account/volumes/", StringComparison.Ordinal) ? DescribeAsync(context)
            : query["comp"] == "list" ? ListAsync(context.Response, query["prefix"]!, query["marker"], query["maxresults"])
            : path.EndsWith("_metadata", StringComparison.Ordinal) ? Find(path).WriteMetadataAsync(context.Response.Body)
            : path.EndsWith("_sha256file", StringComparison.Ordinal) ? Find(path).WriteDigestsAsync(context.Response.Body)
            : path.StartsWith("/account/restores/", StringComparison.Ordinal) ? ReadAsync(context, path)
            : MissAsync(context.Response);
    }

    private async Task DescribeAsync(HttpContext context)
    {
        context.Response.Headers["x-ms-blob-type"] = "PageBlob";
        if (context.Request.Method == "HEAD")
        {
            context.Response.ContentLength = chain[0].DiskBytes + VhdFooterBytes;
            return;
        }

        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync("<?xml version=\"1.0\" encoding=\"utf-8\"?><PageList></PageList>");
    }

    private static Task MissAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status404NotFound;
        response.Headers["x-ms-error-code"] = "BlobNotFound";
        return Task.CompletedTask;
    }

    private HugeBackup Find(string path) => chain.Single(backup => path.Contains(backup.Record.ObjectPrefix, StringComparison.Ordinal));

    private async Task WriteAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Interlocked.Add(ref written, body.Length);
        if (context.Request.Path.Value!.EndsWith("/plan", StringComparison.Ordinal))
        {
            Keep(context.Request.Query["blockid"], body.ToArray());
        }

        context.Response.StatusCode = context.Request.Method == "DELETE" ? StatusCodes.Status202Accepted
            : context.Request.Headers["x-ms-lease-action"] == "release" ? StatusCodes.Status200OK
            : StatusCodes.Status201Created;
        context.Response.Headers["x-ms-lease-id"] = context.Request.Headers["x-ms-proposed-lease-id"];
    }

    // A blob is its blocks in the order of the list, which is the last that is written.
    private void Keep(string? blockId, byte[] bytes)
    {
        if (blockId is not null)
        {
            staged[blockId] = bytes;
            return;
        }

        plan = [.. Encoding.UTF8.GetString(bytes).Split('<', '>').Where(staged.ContainsKey).SelectMany(id => staged[id])];
    }

    private async Task ReadAsync(HttpContext context, string path)
    {
        var range = context.Request.Headers["x-ms-range"].ToString().Split('=', '-');
        var (start, end) = (long.Parse(range[1], CultureInfo.InvariantCulture), long.Parse(range[2], CultureInfo.InvariantCulture) + 1);
        Interlocked.Add(ref read, end - start);
        context.Response.StatusCode = StatusCodes.Status206PartialContent;
        context.Response.ContentLength = end - start;
        context.Response.Headers.ContentRange = $"bytes {start}-{end - 1}/{1L << 40}";
        var isPlan = path.EndsWith("/plan", StringComparison.Ordinal);
        await context.Response.Body.WriteAsync(isPlan ? plan.AsMemory((int)start, (int)(end - start)) : new byte[end - start]);
    }

    private Task ListAsync(HttpResponse response, string prefix, string? marker, string? maxResults)
    {
        var backup = Find(prefix);
        var record = backup.Record;
        var first = string.IsNullOrEmpty(marker) ? 0 : int.Parse(marker, CultureInfo.InvariantCulture);
        var items = maxResults is null ? PageItems : int.Parse(maxResults, CultureInfo.InvariantCulture);
        var end = Math.Min(first + items, backup.Objects);
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults ContainerName=\"backups\"><Blobs>");
        for (var i = first; i < end; i++)
        {
            AppendItem(xml, ObjectNames.Chunk(record, i + 1));
        }

        if (end == backup.Objects)
        {
            AppendItem(xml, ObjectNames.Metadata(record));
            AppendItem(xml, ObjectNames.Sha256File(record));
        }

        var next = end == backup.Objects ? "" : end.ToString(CultureInfo.InvariantCulture);
        response.ContentType = "application/xml";
        return response.WriteAsync(xml.Append(CultureInfo.InvariantCulture, $"</Blobs><NextMarker>{next}</NextMarker></EnumerationResults>").ToString());
    }

    // The properties that Azure gives of a block blob.
    private static void AppendItem(StringBuilder xml, string name) => xml.Append("<Blob><Name>").Append(name).Append(
        "</Name><Properties><Creation-Time>Sun, 01 Nov 2026 01:00:00 GMT</Creation-Time><Last-Modified>Sun, 01 Nov 2026 01:00:00 GMT</Last-Modified>"
        + "<Etag>0x8DE000000000000</Etag><Content-Length>17000000</Content-Length><Content-Type>application/octet-stream</Content-Type><Content-Encoding />"
        + "<Content-Language /><Content-CRC64 /><Content-MD5>1B2M2Y8AsgTpgAmY7PhCfg==</Content-MD5><Cache-Control /><Content-Disposition />"
        + "<BlobType>BlockBlob</BlobType><AccessTier>Cool</AccessTier><LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState>"
        + "<ServerEncrypted>true</ServerEncrypted></Properties><OrMetadata /></Blob>");
}

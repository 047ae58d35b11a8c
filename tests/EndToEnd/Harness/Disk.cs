using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace EndToEnd.Harness;

/// <summary>The bytes of a disk, as they lie in the storage account: the content, then a footer of 512 bytes.</summary>
public sealed class Disk
{
    private const int FooterBytes = 512;
    private const int MiB = 1 << 20;
    private readonly PageBlobClient blob;

    internal Disk(PageBlobClient blob) => this.blob = blob;

    /// <summary>Length of the content.</summary>
    public async Task<long> ContentBytesAsync(CancellationToken cancellationToken)
    {
        BlobProperties properties = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
        return properties.ContentLength - FooterBytes;
    }

    /// <summary>Fills whole MiB with one byte.</summary>
    public async Task FillAsync(byte value, long offsetBytes, long lengthBytes, CancellationToken cancellationToken)
    {
        var page = new byte[MiB];
        page.AsSpan().Fill(value);
        for (var offset = offsetBytes; offset < offsetBytes + lengthBytes; offset += MiB)
        {
            await blob.UploadPagesAsync(new MemoryStream(page), offset, cancellationToken: cancellationToken);
        }
    }

    /// <summary>Reads some bytes.</summary>
    public async Task<byte[]> ReadAsync(long offsetBytes, long lengthBytes, CancellationToken cancellationToken)
    {
        var range = new BlobDownloadOptions { Range = new HttpRange(offsetBytes, lengthBytes) };
        BlobDownloadResult part = await blob.DownloadContentAsync(range, cancellationToken);
        return part.Content.ToArray();
    }

    /// <summary>Reads the footer.</summary>
    public async Task<byte[]> ReadFooterAsync(CancellationToken cancellationToken) =>
        await ReadAsync(await ContentBytesAsync(cancellationToken), FooterBytes, cancellationToken);

    /// <summary>SHA-256 of the first bytes, lower-case hex.</summary>
    public async Task<string> HashAsync(long lengthBytes, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(SHA256.HashData(await ReadAsync(0, lengthBytes, cancellationToken)));

    /// <summary>How many bytes are written and not cleared, the footer included.</summary>
    public async Task<long> WrittenBytesAsync(CancellationToken cancellationToken)
    {
        var written = 0L;
        await foreach (var range in blob.GetAllPageRangesAsync(cancellationToken: cancellationToken))
        {
            written += range.Range.Length ?? 0;
        }

        return written;
    }
}

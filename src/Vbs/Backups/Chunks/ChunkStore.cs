using System.Globalization;
using System.IO.Compression;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Vbs.Restores;
using Vbs.Restores.Planning;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Vbs.Backups;

/// <summary>Opens chunk objects: the stored bytes come over the network as they are asked for, and leave uncompressed.</summary>
/// <remarks>What the bytes are is not proven here; their number is, and a stream ends only where its object ends.
/// A broken connection is resumed by the client, pinned to the ETag of the first answer: versions never mix.</remarks>
public sealed class ChunkStore(BlobContainerClient backups)
{
    /// <summary>RFC 8878, 3.1.1.1.2: 8 MiB is what every decoder should support; Cinder's level 3 uses 2. It bounds the memory.</summary>
    private const int MaxZstdWindowLog = 23;

    /// <summary>Opens an object, or a part of one that is not compressed. Fits <see cref="Restores.Segments.OpenChunk"/>.</summary>
    /// <param name="chunk">As the plan has it.</param>
    /// <param name="part">Which of its bytes: all, when it is compressed.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>A forward stream of exactly <c>part.LengthBytes</c> bytes, asynchronous reads only. A read throws
    /// <see cref="RestoreFaultException"/> (VolumeBackup.0200) when the object is damaged, shorter, or longer: nothing is
    /// inflated past the first byte too many. The last bytes are handed out once the end is proven.</returns>
    /// <exception cref="RestoreFaultException">VolumeBackup.0111: there is no such object. VolumeBackup.0200: its stored length
    /// is not the plan's.</exception>
    /// <exception cref="ArgumentException">Part of a compressed object.</exception>
    public async Task<Stream> OpenAsync(ChunkObject chunk, ByteRange part, CancellationToken cancellationToken)
    {
        if (part != chunk.Range && chunk.Compression != Compression.None)
        {
            throw new ArgumentException("What is compressed is read whole.", nameof(part));
        }

        HttpRange range = part == chunk.Range ? default : new(part.OffsetBytes - chunk.Range.OffsetBytes, part.LengthBytes);
        var blob = await DownloadAsync(chunk, range, cancellationToken);
        var storedBytes = part == chunk.Range ? blob.Details.ContentLength : TotalOf(blob.Details.ContentRange);
        if (storedBytes != chunk.StoredBytes)
        {
            blob.Dispose();
            throw Damage.Data(chunk.BlobName, $"it has {storedBytes} bytes, it had {chunk.StoredBytes} when the restore was planned.");
        }

        return Open(blob.Content, chunk with { Range = part });
    }

    /// <summary>Makes the stored bytes the uncompressed ones.</summary>
    internal static Stream Open(Stream stored, ChunkObject chunk)
    {
        var source = new StoredStream(stored);
        return new ChunkStream(source, Decoder(source, chunk.Compression), chunk);
    }

    private static Stream Decoder(StoredStream source, Compression compression)
    {
        switch (compression)
        {
            case Compression.None:
                return source;
            case Compression.Zlib:
                return new ZLibStream(source, CompressionMode.Decompress);
            case Compression.Bz2:
                return new Bz2Stream(source);
            case Compression.Zstd:
                var zstd = new DecompressionStream(source, leaveOpen: false);
                zstd.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxZstdWindowLog);
                return zstd;
            default:
                throw new ArgumentOutOfRangeException(nameof(compression), compression, null);
        }
    }

    private async Task<BlobDownloadStreamingResult> DownloadAsync(ChunkObject chunk, HttpRange range, CancellationToken cancellationToken)
    {
        try
        {
            return await backups.GetBlobClient(chunk.BlobName).DownloadStreamingAsync(new BlobDownloadOptions { Range = range }, cancellationToken);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            throw new RestoreFaultException(new RestoreFault("VolumeBackup.0111", $"Object {chunk.BlobName} is missing."));
        }
        catch (RequestFailedException shorter) when (shorter.Status == 416)
        {
            throw Damage.Data(chunk.BlobName, $"it ends before byte {range.Offset}, it had {chunk.StoredBytes} when the restore was planned.");
        }
    }

    /// <summary>The object's length, from <c>bytes 0-511/1024</c> (RFC 9110, 14.4).</summary>
    private static long TotalOf(string contentRange) => long.Parse(contentRange.AsSpan(contentRange.IndexOf('/') + 1), CultureInfo.InvariantCulture);
}

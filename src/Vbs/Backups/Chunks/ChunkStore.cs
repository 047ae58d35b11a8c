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

    /// <summary>Opens an object. Fits <see cref="Restores.Segments.OpenChunk"/>.</summary>
    /// <param name="chunk">As the plan has it.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>A forward stream of exactly <c>chunk.Range.LengthBytes</c> bytes, asynchronous reads only. A read throws
    /// <see cref="RestoreFaultException"/> (VolumeBackup.0200) when the object is damaged, shorter, or longer: nothing is
    /// inflated past the first byte too many. The last bytes are handed out once the end is proven.</returns>
    /// <exception cref="RestoreFaultException">VolumeBackup.0111: there is no such object. VolumeBackup.0200: its stored length
    /// is not the plan's.</exception>
    public async Task<Stream> OpenAsync(ChunkObject chunk, CancellationToken cancellationToken)
    {
        var blob = await DownloadAsync(chunk.BlobName, cancellationToken);
        if (blob.Details.ContentLength != chunk.StoredBytes)
        {
            blob.Dispose();
            throw Damage.Data(chunk.BlobName, $"it has {blob.Details.ContentLength} bytes, it had {chunk.StoredBytes} when the restore was planned.");
        }

        return Open(blob.Content, chunk);
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

    private async Task<BlobDownloadStreamingResult> DownloadAsync(string blobName, CancellationToken cancellationToken)
    {
        try
        {
            return await backups.GetBlobClient(blobName).DownloadStreamingAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            throw new RestoreFaultException(new RestoreFault("VolumeBackup.0111", $"Object {blobName} is missing."));
        }
    }
}

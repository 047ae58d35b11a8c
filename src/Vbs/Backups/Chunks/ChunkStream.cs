using ICSharpCode.SharpZipLib.BZip2;
using Vbs.Restores.Planning;
using ZstdSharp;

namespace Vbs.Backups;

/// <summary>The uncompressed bytes of an object: exactly as many as its metadata says.</summary>
/// <remarks>What follows the end of a zlib or bz2 stream inside the object is ignored, as the decompressors that Cinder calls
/// ignore it; after a zstd frame only a further frame may stand.</remarks>
internal sealed class ChunkStream(StoredStream stored, Stream decoder, ChunkObject chunk) : ForwardStream
{
    private readonly byte[] beyond = new byte[1];
    private long remaining = chunk.Range.LengthBytes;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (remaining == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        var read = await DecodeAsync(buffer[..(int)Math.Min(buffer.Length, remaining)], cancellationToken);
        if (read == 0)
        {
            throw Damage.Data(chunk.BlobName, $"it ends after {chunk.Range.LengthBytes - remaining} of {chunk.Range.LengthBytes} uncompressed bytes.");
        }

        remaining -= read;
        if (remaining == 0)
        {
            await ExpectEndAsync(cancellationToken);
        }

        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            decoder.Dispose();
            stored.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task ExpectEndAsync(CancellationToken cancellationToken)
    {
        if (await DecodeAsync(beyond, cancellationToken) > 0)
        {
            throw Damage.Data(chunk.BlobName, $"it holds more than {chunk.Range.LengthBytes} uncompressed bytes.");
        }

        // ZLibStream ends quietly without its checksum; a whole stream ends before it asks for more.
        if (chunk.Compression == Compression.Zlib && stored.IsExhausted)
        {
            throw Damage.Data(chunk.BlobName, "its zlib stream is cut off.");
        }
    }

    private async ValueTask<int> DecodeAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await decoder.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception error) when (!stored.IsBroken && IsOfDecoder(error))
        {
            throw Damage.Data(chunk.BlobName, $"its {chunk.Compression} data is damaged: {error.Message}");
        }
    }

    // SharpZipLib checks no index: damaged bz2 data runs out of its tables.
    private static bool IsOfDecoder(Exception error) =>
        error is InvalidDataException or BZip2Exception or ZstdException or EndOfStreamException or IndexOutOfRangeException;
}

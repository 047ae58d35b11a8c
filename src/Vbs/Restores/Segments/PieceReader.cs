using System.Runtime.CompilerServices;
using Vbs.Restores.Planning;

namespace Vbs.Restores.Segments;

/// <summary>Reads the pieces of a chunk object that are wanted, in order. The rest is not fetched when the object is not compressed,
/// and otherwise read over.</summary>
internal sealed class PieceReader(OpenChunk open, PieceBuffers buffers)
{
    /// <summary>What is not wanted, and shorter than this, is read over: a request takes about as long as reading 1 MiB at the
    /// 60 MiB/s of one blob (learn.microsoft.com/azure/storage/blobs/scalability-targets).</summary>
    private const int WorthARequestBytes = 1 << 20;

    /// <summary>Opens an object and reads its pieces, each when the one before has been taken and a buffer is free.
    /// The object's end is not read when nothing of it is wanted.</summary>
    /// <exception cref="RestoreFaultException">The object is not as long as its range.</exception>
    public async IAsyncEnumerable<Piece> ReadAsync(
        ChunkObject chunk, ChunkProof proof, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (part, ranges) in Parts(chunk, proof.Pieces))
        {
            await foreach (var piece in ReadPartAsync(chunk, part, ranges, proof, cancellationToken))
            {
                yield return piece;
            }
        }
    }

    private static IEnumerable<(ByteRange Part, IEnumerable<ByteRange> Ranges)> Parts(ChunkObject chunk, IEnumerable<ByteRange> ranges)
    {
        if (chunk.Compression != Compression.None)
        {
            yield return (chunk.Range, ranges);
            yield break;
        }

        var group = new List<ByteRange>();
        foreach (var range in ranges)
        {
            if (group.Count > 0 && range.OffsetBytes - group[^1].EndBytes >= WorthARequestBytes)
            {
                yield return (From(group), group);
                group = [];
            }

            group.Add(range);
        }

        if (group.Count > 0)
        {
            yield return (From(group), group);
        }

        static ByteRange From(List<ByteRange> group) => new(group[0].OffsetBytes, group[^1].EndBytes - group[0].OffsetBytes);
    }

    private async IAsyncEnumerable<Piece> ReadPartAsync(
        ChunkObject chunk, ByteRange part, IEnumerable<ByteRange> ranges, ChunkProof proof, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var decoder = await buffers.EnterDecoderAsync(chunk.Compression, cancellationToken);
        await using var stream = await open(chunk, part, cancellationToken);
        var position = part.OffsetBytes;
        foreach (var range in ranges)
        {
            var digests = await proof.Digests(range, cancellationToken);
            var buffer = await buffers.TakeAsync(cancellationToken);
            try
            {
                if (!await ReadOverAsync(stream, range.OffsetBytes - position, buffer, cancellationToken)
                    || !await FillAsync(stream, buffer.AsMemory(0, (int)range.LengthBytes), cancellationToken))
                {
                    throw OfAnotherLength(chunk);
                }
            }
            catch
            {
                buffers.Return(buffer);
                throw;
            }

            position = range.EndBytes;
            yield return new Piece(range, buffer, proof.BlockBytes, digests, buffers);
        }

        // Asking for one byte more lets the stream prove its own end.
        if (position == chunk.Range.EndBytes && await stream.ReadAsync(new byte[1], cancellationToken) != 0)
        {
            throw OfAnotherLength(chunk);
        }
    }

    private static async Task<bool> ReadOverAsync(Stream stream, long lengthBytes, byte[] scratch, CancellationToken cancellationToken)
    {
        var whole = true;
        while (lengthBytes > 0 && whole)
        {
            var part = (int)Math.Min(lengthBytes, scratch.Length);
            whole = await FillAsync(stream, scratch.AsMemory(0, part), cancellationToken);
            lengthBytes -= part;
        }

        return whole;
    }

    private static async ValueTask<bool> FillAsync(Stream stream, Memory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            // A stream that decompresses from memory may never look at the token.
            cancellationToken.ThrowIfCancellationRequested();
            var read = await stream.ReadAsync(bytes, cancellationToken);
            if (read == 0)
            {
                return false;
            }

            bytes = bytes[read..];
        }

        return true;
    }

    private static RestoreFaultException OfAnotherLength(ChunkObject chunk) =>
        new(RestoreFault.Data($"Object {chunk.BlobName} does not hold the {chunk.Range.LengthBytes} bytes its backup lists."));
}

using System.Runtime.CompilerServices;
using Vbs.Restores.Planning;

namespace Vbs.Restores.Segments;

/// <summary>Reads the pieces of a chunk object that are wanted, in order, and reads over the rest.</summary>
internal sealed class PieceReader(OpenChunk open, PieceBuffers buffers)
{
    /// <summary>Opens an object and reads its pieces, each when the one before has been taken and a buffer is free.
    /// The object's end is not read when nothing of it is wanted.</summary>
    /// <exception cref="RestoreFaultException">The object is not as long as its range.</exception>
    public async IAsyncEnumerable<Piece> ReadAsync(
        ChunkObject chunk, ChunkProof proof, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await open(chunk, cancellationToken);
        var position = chunk.Range.OffsetBytes;
        foreach (var range in proof.Pieces)
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

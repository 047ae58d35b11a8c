using System.Security.Cryptography;
using Vbs.Restores.Planning;

namespace Vbs.Restores.Segments;

/// <summary>A run of a chunk object's bytes in memory, with the digests that prove its blocks. Disposing it returns its buffer.</summary>
internal sealed class Piece(ByteRange range, byte[] buffer, int blockBytes, ReadOnlyMemory<byte> digests, PieceBuffers buffers) : IDisposable
{
    /// <summary>Where its bytes belong on the volume.</summary>
    public ByteRange Range { get; } = range;

    /// <summary>Its bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, (int)Range.LengthBytes);

    /// <summary>Cuts ranges at the multiples of a piece's length, so that neighbouring ranges meet on the same grid.</summary>
    /// <param name="ranges">Ascending and disjoint.</param>
    /// <param name="pieceBytes">Length of a full piece.</param>
    public static IEnumerable<ByteRange> Cut(IEnumerable<ByteRange> ranges, int pieceBytes)
    {
        foreach (var range in ranges)
        {
            for (var start = range.OffsetBytes; start < range.EndBytes;)
            {
                var end = Math.Min(range.EndBytes, (start / pieceBytes + 1) * pieceBytes);
                yield return new ByteRange(start, end - start);
                start = end;
            }
        }
    }

    /// <summary>The bytes of a part of it.</summary>
    public ReadOnlyMemory<byte> Slice(ByteRange part) =>
        Bytes.Slice((int)(part.OffsetBytes - Range.OffsetBytes), (int)part.LengthBytes);

    /// <summary>Compares every block with its digest.</summary>
    /// <exception cref="RestoreFaultException">A block differs; the fault names it.</exception>
    public void Verify(ChunkObject chunk, CancellationToken cancellationToken)
    {
        Span<byte> actual = stackalloc byte[SHA256.HashSizeInBytes];
        var zerosProven = ReadOnlySpan<byte>.Empty;
        for (var start = 0; start < Range.LengthBytes; start += blockBytes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var block = Bytes.Span[start..(int)Math.Min(start + (long)blockBytes, Range.LengthBytes)];
            var expected = digests.Span.Slice(start / blockBytes * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes);
            var isZeros = block.Length == blockBytes && !block.ContainsAnyExcept((byte)0);

            // Equal bytes have equal digests; a core sees zeros at over 20 GiB/s and hashes them at 1.5.
            if (isZeros && expected.SequenceEqual(zerosProven))
            {
                continue;
            }

            SHA256.HashData(block, actual);
            if (!expected.SequenceEqual(actual))
            {
                var offset = Range.OffsetBytes + start;
                throw new RestoreFaultException(RestoreFault.Data(
                    $"Block {offset / blockBytes} (byte {offset} of the volume) in object {chunk.BlobName} does not have its SHA-256."));
            }

            zerosProven = isZeros ? expected : zerosProven;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => buffers.Return(buffer);
}

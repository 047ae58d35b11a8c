using Vbs.Restores.Planning;

namespace Vbs.Restores.Segments;

/// <summary>Opens the uncompressed bytes of a part of a chunk object, in order, from its first to its last. Only an object that is not
/// compressed is opened in parts; of any other the part is the whole.</summary>
public delegate Task<Stream> OpenChunk(ChunkObject chunk, ByteRange part, CancellationToken cancellationToken);

/// <summary>Reads the SHA-256 digests (32 bytes each) of consecutive blocks of the content.</summary>
public delegate Task<ReadOnlyMemory<byte>> ReadDigests(long firstBlock, int blocks, CancellationToken cancellationToken);

/// <summary>Writes verified bytes to the volume at a 512-byte aligned offset, at most 4 MiB. The memory is used again once it returns.</summary>
public delegate Task WritePages(long offsetBytes, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

/// <summary>Makes a 512-byte aligned range of the volume read as zeros.</summary>
public delegate Task ClearPages(ByteRange range, CancellationToken cancellationToken);

/// <summary>Restores one segment: fetch, prove, write.</summary>
/// <remarks>
/// Some objects at once are read in pieces of about 4 MiB (<see cref="PieceReader"/>). While the next piece of an object
/// is decompressed, the pieces before it are hashed (<see cref="Piece.Verify"/>) and written (<see cref="PieceWriter"/>).
/// A piece holds a buffer of a bounded memory, shared by all segments, from its first byte to its last write: memory does
/// not grow with the object, nor with the number of segments. No byte of a piece reaches the disk before all its blocks are proven: by the digest index, or where that
/// does not cover it, by a first pass over the whole object that proves its MD5 (<see cref="ChunkProver"/>).
/// Pieces are written in any order: until a segment has ended, its part of the volume is neither old nor new.
/// </remarks>
public sealed class SegmentPipeline(
    OpenChunk open, ReadDigests digests, WritePages write, ClearPages clear, SegmentPipelineOptions options, PieceMemory memory)
{

    /// <summary>Restores a segment. Safe to repeat, also after any failure: same bytes, same offsets.</summary>
    /// <param name="segment">What to fetch. Its live ranges lie within the volume, and no two of them overlap.</param>
    /// <param name="plan">The plan it is of.</param>
    /// <param name="progress">Told of live bytes proven and on the disk, as increments that add up to
    /// <see cref="Segment.LiveBytes"/>; called from several threads at once.</param>
    /// <param name="cancellationToken">Stops it at the next block.</param>
    /// <returns>Null when every live byte is on the disk; otherwise what will not pass: wrong data, or the fault of a
    /// delegate's <see cref="RestoreFaultException"/>. All reading and writing has ended either way.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="Exception">Whatever else a delegate threw: it may pass. Of several failures the first decides.</exception>
    public async Task<RestoreFault?> RunAsync(
        Segment segment, RestorePlan plan, Action<long> progress, CancellationToken cancellationToken)
    {
        try
        {
            var buffers = new PieceBuffers(plan.BlockBytes, memory);
            using var writer = new PieceWriter(write, clear, progress, options.WritesInFlight, plan.Fresh);
            var reader = new PieceReader(open, buffers);
            var prover = new ChunkProver(reader, digests, plan, buffers.PieceBytes);
            await Parallel.ForEachAsync(segment.Objects, AtOnce(options.ObjectsAtOnce, cancellationToken), async (part, stop) =>
            {
                var pieces = reader.ReadAsync(part.Chunk, await prover.ProveAsync(part, stop), stop);
                await Parallel.ForEachAsync(pieces, AtOnce(buffers.Count, stop), (piece, stop) => FinishAsync(piece, part, writer, stop));
            });
            await writer.ClearRestAsync(cancellationToken);
            return null;
        }
        catch (RestoreFaultException stop)
        {
            return stop.Fault;
        }
    }

    private static async ValueTask FinishAsync(Piece piece, SegmentObject part, PieceWriter writer, CancellationToken cancellationToken)
    {
        using (piece)
        {
            piece.Verify(part.Chunk, cancellationToken);
            // Read by digest, a piece is live from end to end; by MD5, it may hold bytes that a newer backup covers.
            await writer.WriteAsync(piece, part.ByDigest ? [piece.Range] : part.Live, cancellationToken);
        }
    }

    private static ParallelOptions AtOnce(int count, CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = count, CancellationToken = cancellationToken };
}

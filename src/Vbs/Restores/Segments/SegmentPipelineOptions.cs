using System.ComponentModel.DataAnnotations;

namespace Vbs.Restores.Segments;

/// <summary>How much one segment may have under way, and how much memory all of them share.</summary>
public sealed record SegmentPipelineOptions
{
    /// <summary>Chunk objects read at once, 1 to 64. Default 4: one object decompresses on one core, and a small
    /// instance has few; more only hide the time it takes to open the next object.</summary>
    [Range(1, 64)]
    public int ObjectsAtOnce { get; init; } = 4;

    /// <summary>Writes and clears under way at once, 1 to 64. Default 8: a standard page blob takes 60 MiB/s
    /// (learn.microsoft.com/azure/storage/blobs/scalability-targets), which is one write of 4 MiB each 67 ms; eight
    /// keep it busy at half a second's latency.</summary>
    [Range(1, 64)]
    public int WritesInFlight { get; init; } = 8;

    /// <summary>Bytes read and not yet written by all segments together, 4 MiB to 1 GiB, in slots of 4 MiB: see
    /// <see cref="PieceMemory"/>. Default 48 MiB: a piece for each of four objects being decompressed and of eight writes under way; more made
    /// nothing faster (docs/decisions/data-path.md). A digest block longer than this is refused.</summary>
    [Range(4 << 20, 1 << 30)]
    public int ReadAheadBytes { get; init; } = 48 << 20;
}

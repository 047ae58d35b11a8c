using Vbs.Restores.Segments;

namespace Vbs.Configuration;

/// <summary>How much a restore does at a time: section <c>Vbs:Restore</c>. What each number costs and gains is told at <see cref="SegmentPipelineOptions"/>.</summary>
public sealed class RestoreOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vbs:Restore";

    /// <summary>Segments that one restore works on at the same time, 1 to 64. Default 4.</summary>
    [Within(Section, 1, 64)]
    public int SegmentsAtOnce { get; set; } = 4;

    /// <summary>Chunk objects that one segment reads at the same time, 1 to 64. Default 4.</summary>
    [Within(Section, 1, 64)]
    public int ObjectsAtOnce { get; set; } = Default.ObjectsAtOnce;

    /// <summary>Writes and clears that one segment has under way, 1 to 64. Default 8.</summary>
    [Within(Section, 1, 64)]
    public int WritesInFlight { get; set; } = Default.WritesInFlight;

    /// <summary>Bytes that all segments together have read and not yet written, 4 MiB to 1 GiB. Default 48 MiB.</summary>
    [Within(Section, 4 << 20, 1 << 30)]
    public int ReadAheadBytes { get; set; } = Default.ReadAheadBytes;

    private static SegmentPipelineOptions Default { get; } = new();

    /// <summary>What the pipeline of a segment takes of it.</summary>
    public SegmentPipelineOptions ToPipelineOptions() =>
        new() { ObjectsAtOnce = ObjectsAtOnce, WritesInFlight = WritesInFlight, ReadAheadBytes = ReadAheadBytes };
}

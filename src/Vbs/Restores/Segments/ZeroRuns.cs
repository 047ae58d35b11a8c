using Vbs.Restores.Planning;

namespace Vbs.Restores.Segments;

/// <summary>Tells runs of zeros from runs of data.</summary>
internal static class ZeroRuns
{
    /// <summary>Zeros are looked for in grains of 128 KiB of the volume. A standard page blob takes 500 requests or
    /// 60 MiB a second (learn.microsoft.com/azure/storage/blobs/scalability-targets), so that one request costs the time
    /// of 123 KiB: a finer grain would cut one write into several requests that take longer than writing the zeros.</summary>
    public const int GrainBytes = 128 << 10;

    /// <summary>Splits bytes into runs, data and zeros in turn, that tile them.</summary>
    /// <param name="bytes">At least one byte.</param>
    /// <param name="offsetBytes">Where they start on the volume.</param>
    public static IEnumerable<(ByteRange Range, bool IsZero)> Split(ReadOnlyMemory<byte> bytes, long offsetBytes)
    {
        var end = offsetBytes + bytes.Length;
        var (start, isZero) = (offsetBytes, GrainIsZero(offsetBytes));
        for (var grain = NextGrain(offsetBytes); grain < end; grain = NextGrain(grain))
        {
            if (GrainIsZero(grain) != isZero)
            {
                yield return (new ByteRange(start, grain - start), isZero);
                (start, isZero) = (grain, !isZero);
            }
        }

        yield return (new ByteRange(start, end - start), isZero);

        bool GrainIsZero(long grain) =>
            !bytes.Span[(int)(grain - offsetBytes)..(int)(Math.Min(end, NextGrain(grain)) - offsetBytes)].ContainsAnyExcept((byte)0);
    }

    private static long NextGrain(long offsetBytes) => (offsetBytes / GrainBytes + 1) * GrainBytes;
}

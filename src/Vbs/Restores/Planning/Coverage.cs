namespace Vbs.Restores.Planning;

/// <summary>Decides which backup of a chain each byte comes from: the newest that holds it.</summary>
/// <remarks>The backups are claimed newest first. What one claims, no older one gets. Memory grows with the number of
/// separate runs covered, not with the objects seen; a claim of n ranges over c runs costs O(n + c).</remarks>
internal sealed class Coverage
{
    // Ascending, disjoint and not touching.
    private List<ByteRange> runs = [];

    /// <summary>The first byte after everything covered; 0 when nothing is.</summary>
    public long EndBytes => runs.Count == 0 ? 0 : runs[^1].EndBytes;

    /// <summary>The first range from 0 that is not covered though something after it is; null when there is none.</summary>
    public ByteRange? FirstGap => runs switch
    {
        [{ OffsetBytes: > 0 } first, ..] => new ByteRange(0, first.OffsetBytes),
        [var first, var second, ..] => new ByteRange(first.EndBytes, second.OffsetBytes - first.EndBytes),
        _ => null,
    };

    /// <summary>Claims the ranges of the next older backup.</summary>
    /// <param name="ranges">Ascending and disjoint.</param>
    /// <returns>For each range the parts of it that no newer backup holds, ascending; empty when it is superseded.</returns>
    /// <exception cref="ArgumentException">The ranges are not ascending, or overlap.</exception>
    public IReadOnlyList<ByteRange>[] Claim(IReadOnlyList<ByteRange> ranges)
    {
        var live = new IReadOnlyList<ByteRange>[ranges.Count];
        var run = 0;
        for (var i = 0; i < ranges.Count; i++)
        {
            var range = ranges[i];
            if (i > 0 && range.OffsetBytes < ranges[i - 1].EndBytes)
            {
                throw new ArgumentException("The ranges of one backup are ascending and disjoint.", nameof(ranges));
            }

            while (run < runs.Count && runs[run].EndBytes <= range.OffsetBytes)
            {
                run++;
            }

            live[i] = Uncovered(range, run);
        }

        runs = Union(runs, ranges);
        return live;
    }

    private ByteRange[] Uncovered(ByteRange range, int run)
    {
        if (run == runs.Count || runs[run].OffsetBytes >= range.EndBytes)
        {
            return [range];
        }

        var parts = new List<ByteRange>();
        var start = range.OffsetBytes;
        for (; run < runs.Count && runs[run].OffsetBytes < range.EndBytes; run++)
        {
            if (start < runs[run].OffsetBytes)
            {
                parts.Add(new ByteRange(start, runs[run].OffsetBytes - start));
            }

            start = runs[run].EndBytes;
        }

        if (start < range.EndBytes)
        {
            parts.Add(new ByteRange(start, range.EndBytes - start));
        }

        return [.. parts];
    }

    private static List<ByteRange> Union(List<ByteRange> left, IReadOnlyList<ByteRange> right)
    {
        var union = new List<ByteRange>();
        for (int l = 0, r = 0; l < left.Count || r < right.Count;)
        {
            var next = r == right.Count || (l < left.Count && left[l].OffsetBytes <= right[r].OffsetBytes) ? left[l++] : right[r++];
            if (union.Count > 0 && next.OffsetBytes <= union[^1].EndBytes)
            {
                var end = Math.Max(union[^1].EndBytes, next.EndBytes);
                union[^1] = new ByteRange(union[^1].OffsetBytes, end - union[^1].OffsetBytes);
            }
            else
            {
                union.Add(next);
            }
        }

        return union;
    }
}

namespace Vbs.Restores.Planning;

/// <summary>Cuts a plan into segments.</summary>
internal static class Segmentation
{
    /// <summary>Uncompressed bytes a segment reads: a second or two of work. What is read counts, not what is live:
    /// an object must be inflated to its end for one live block in it.</summary>
    public const long TargetBytes = 128L * 1024 * 1024;

    /// <summary>Objects in a segment: small ones cost a request each, and a segment's line in the plan stays around half a MiB.</summary>
    public const int MaxObjects = 1_000;

    /// <summary>Groups consecutive objects. Each is in exactly one segment; one larger than <see cref="TargetBytes"/> is alone in its own.</summary>
    public static IEnumerable<Segment> Cut(IEnumerable<SegmentObject> objects)
    {
        var index = 0;
        var bytes = 0L;
        var group = new List<SegmentObject>();
        foreach (var next in objects)
        {
            var length = next.Chunk.Range.LengthBytes;
            if (group.Count == MaxObjects || (group.Count > 0 && bytes + length > TargetBytes))
            {
                yield return new Segment(index++, group);
                group = [];
                bytes = 0;
            }

            group.Add(next);
            bytes += length;
        }

        if (group.Count > 0)
        {
            yield return new Segment(index, group);
        }
    }
}

using FsCheck;
using FsCheck.Fluent;
using Vbs.Restores.Planning;

namespace Vbs.Tests.Restores.Planning;

public sealed class SegmentationTests
{
    [Fact]
    public void Every_object_is_in_one_segment_in_order_and_none_is_too_large() =>
        Prop.ForAll(Lengths(), lengths =>
        {
            var objects = Objects(lengths);

            var segments = Segmentation.Cut(objects).ToList();

            Assert.Equal(objects, segments.SelectMany(segment => segment.Objects));
            Assert.Equal(Enumerable.Range(0, segments.Count), segments.Select(segment => segment.Index));
            Assert.All(segments, segment => Assert.True(segment.Objects.Count == 1 || Bytes(segment) <= Segmentation.TargetBytes));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Segments_are_as_large_as_they_may_be() =>
        Prop.ForAll(Lengths(), lengths =>
        {
            var segments = Segmentation.Cut(Objects(lengths)).ToList();

            Assert.All(segments.Zip(segments.Skip(1)), pair => Assert.True(
                Bytes(pair.First) + pair.Second.Objects[0].Chunk.Range.LengthBytes > Segmentation.TargetBytes));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Small_objects_are_limited_by_their_number()
    {
        var segments = Segmentation.Cut(Objects([.. Enumerable.Repeat(512L, Segmentation.MaxObjects + 1)])).ToList();

        Assert.Equal([Segmentation.MaxObjects, 1], segments.Select(segment => segment.Objects.Count));
    }

    private static long Bytes(Segment segment) => segment.Objects.Sum(item => item.Chunk.Range.LengthBytes);

    private static Arbitrary<long[]> Lengths() =>
        Gen.Choose(1, 200).Select(mebibytes => mebibytes * 1024L * 1024).ArrayOf().ToArbitrary();

    private static List<SegmentObject> Objects(long[] lengths)
    {
        var at = 0L;
        var objects = new List<SegmentObject>();
        foreach (var length in lengths)
        {
            var range = new ByteRange(at, length);
            objects.Add(new SegmentObject(new ChunkObject($"{at}", range, Compression.None, "", length), [range], true));
            at += length;
        }

        return objects;
    }
}

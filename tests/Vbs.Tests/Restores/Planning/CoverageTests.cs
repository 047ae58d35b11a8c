using FsCheck;
using FsCheck.Fluent;
using Vbs.Restores.Planning;

namespace Vbs.Tests.Restores.Planning;

public sealed class CoverageTests
{
    private const int Space = 64;

    [Fact]
    public void Every_byte_comes_from_the_newest_backup_that_holds_it() =>
        Prop.ForAll(Chains(), chain =>
        {
            var coverage = new Coverage();
            var owner = new (int Layer, int Object)?[Space * 2];

            var live = chain.Select(layer => coverage.Claim(layer)).ToArray();

            foreach (var (layer, claimed) in live.Index())
            {
                foreach (var (item, parts) in claimed.Index())
                {
                    foreach (var part in parts)
                    {
                        for (var at = part.OffsetBytes; at < part.EndBytes; at++)
                        {
                            Assert.Null(owner[at]);
                            owner[at] = (layer, item);
                        }
                    }
                }
            }

            Assert.Equal(NewestHolder(chain), owner);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Live_parts_are_ascending_apart_and_inside_their_object() =>
        Prop.ForAll(Chains(), chain =>
        {
            var coverage = new Coverage();
            foreach (var layer in chain)
            {
                foreach (var (range, parts) in layer.Zip(coverage.Claim(layer)))
                {
                    Assert.All(parts, part => Assert.True(
                        part.LengthBytes > 0 && part.OffsetBytes >= range.OffsetBytes && part.EndBytes <= range.EndBytes));
                    Assert.All(parts.Zip(parts.Skip(1)), pair => Assert.True(pair.First.EndBytes < pair.Second.OffsetBytes));
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_first_gap_is_the_first_byte_that_nothing_holds_before_one_that_something_does() =>
        Prop.ForAll(Chains(), chain =>
        {
            var coverage = new Coverage();
            Array.ForEach(chain, layer => coverage.Claim(layer));

            var held = NewestHolder(chain).Select(holder => holder is not null).ToList();
            var end = held.LastIndexOf(true) + 1;
            var gap = held.IndexOf(false);

            Assert.Equal(end, coverage.EndBytes);
            Assert.Equal(gap < end ? gap : null, coverage.FirstGap?.OffsetBytes);
            Assert.Equal(gap < end ? held.IndexOf(true, gap) : null, coverage.FirstGap?.EndBytes);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ranges_of_one_backup_that_overlap_are_a_defect() =>
        Assert.Throws<ArgumentException>(() => new Coverage().Claim([new ByteRange(0, 2), new ByteRange(1, 2)]));

    private static (int Layer, int Object)?[] NewestHolder(ByteRange[][] chain)
    {
        var holder = new (int Layer, int Object)?[Space * 2];
        foreach (var (layer, ranges) in chain.Index().Reverse())
        {
            foreach (var (item, range) in ranges.Index())
            {
                Array.Fill(holder, (layer, item), (int)range.OffsetBytes, (int)range.LengthBytes);
            }
        }

        return holder;
    }

    // Each backup is a list of (gap before, length), so that its ranges are ascending and disjoint, and often touch.
    private static Arbitrary<ByteRange[][]> Chains() =>
        Gen.Choose(0, 3).Zip(Gen.Choose(1, 9))
            .ArrayOf().ArrayOf()
            .Select(chain => chain.Select(Layer).ToArray())
            .ToArbitrary();

    private static ByteRange[] Layer((int Gap, int Length)[] steps)
    {
        var ranges = new List<ByteRange>();
        var at = 0;
        foreach (var (gap, length) in steps.TakeWhile(_ => at < Space))
        {
            ranges.Add(new ByteRange(at + gap, length));
            at += gap + length;
        }

        return [.. ranges];
    }
}

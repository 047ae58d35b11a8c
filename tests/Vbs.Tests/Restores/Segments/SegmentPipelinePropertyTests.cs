using FsCheck;
using FsCheck.Fluent;
using Vbs.Restores.Planning;
using Vbs.Restores.Segments;

namespace Vbs.Tests.Restores.Segments;

public sealed class SegmentPipelinePropertyTests
{
    [Fact]
    public void Any_segment_is_restored_exactly() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var bench = Random(new Random(seed));
            var fault = bench.RunAsync(TestContext.Current.CancellationToken).GetAwaiter().GetResult();
            Assert.Null(fault);
            bench.AssertRestored();
        }));

    /// <summary>Objects side by side or apart, zeros of any length, live ranges by digest or by MD5.</summary>
    private static SegmentBench Random(Random random)
    {
        var block = 512 * random.Next(1, 200);
        var content = RandomContent(random, 512 * random.Next(1, 8000));
        var bench = new SegmentBench(content, block)
        {
            Options = new SegmentPipelineOptions
            {
                ObjectsAtOnce = random.Next(1, 4),
                WritesInFlight = random.Next(1, 4),
                ReadAheadBytes = (4 << 20) * random.Next(1, 4),
            },
        };
        for (var start = 0; start < content.Length;)
        {
            var length = Math.Min(content.Length - start, block * random.Next(1, 40));
            var byDigest = random.Next(4) > 0;
            var live = RandomLive(random, start, start + length, byDigest ? block : 512);
            if (live.Length > 0)
            {
                bench.With(start, length, byDigest, live);
            }

            start += length;
        }

        return bench;
    }

    private static byte[] RandomContent(Random random, int length)
    {
        var content = new byte[length];
        for (var start = 0; start < length;)
        {
            var run = Math.Min(length - start, 512 * random.Next(1, 1000));
            if (random.Next(2) == 0)
            {
                random.NextBytes(content.AsSpan(start, run));
            }

            start += run;
        }

        return content;
    }

    private static ByteRange[] RandomLive(Random random, int start, int end, int unit)
    {
        var live = new List<ByteRange>();
        while (start < end)
        {
            var length = Math.Min(end - start, unit * random.Next(1, 20));
            if (random.Next(3) > 0)
            {
                live.Add(new ByteRange(start, length));
            }

            start += length;
        }

        return [.. live];
    }
}

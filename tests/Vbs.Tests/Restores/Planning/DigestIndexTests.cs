using Vbs.Restores.Planning;

namespace Vbs.Tests.Restores.Planning;

public sealed class DigestIndexTests
{
    [Theory]
    [InlineData(0, 1024, true)]
    [InlineData(1024, 1536, true)]
    [InlineData(2048, 512, true)]
    [InlineData(0, 2560, true)]
    [InlineData(512, 512, false)]
    [InlineData(0, 1536, false)]
    [InlineData(2048, 1024, false)]
    [InlineData(3072, 1024, false)]
    public void Covers_whole_blocks_and_the_short_last_one(long offset, long length, bool covered) =>
        Assert.Equal(covered, DigestIndex.Of(1024, 3, 2560)!.Value.Covers(new ByteRange(offset, length)));

    [Fact]
    public void Of_a_smaller_volume_leaves_out_the_block_whose_end_is_unknown()
    {
        var index = DigestIndex.Of(1024, 2, 4096);

        Assert.Equal(new DigestIndex(1024, 1024), index);
    }

    [Fact]
    public void Of_more_blocks_than_the_content_has_is_none() => Assert.Null(DigestIndex.Of(1024, 4, 2560));

    [Fact]
    public void Of_nothing_is_empty() => Assert.Equal(new DigestIndex(1024, 0), DigestIndex.Of(1024, 0, 0));
}

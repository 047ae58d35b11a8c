using Vbs.Restores.Planning;
using Vbs.Restores.Segments;

namespace Vbs.Tests.Restores.Segments;

public sealed class ZeroRunsTests
{
    private const int Grain = ZeroRuns.GrainBytes;

    [Fact]
    public void Zeros_and_data_in_turn_on_the_grid_of_the_volume()
    {
        var bytes = new byte[4 * Grain];
        bytes[Grain] = 1;
        Assert.Equal(
            [(new ByteRange(8 * Grain, Grain), true), (new ByteRange(9 * Grain, Grain), false), (new ByteRange(10 * Grain, 2 * Grain), true)],
            ZeroRuns.Split(bytes, 8 * Grain));
    }

    [Fact]
    public void A_part_of_a_grain_at_either_end_counts_by_itself()
    {
        var bytes = new byte[512 + Grain + 512];
        bytes[512] = 1;
        Assert.Equal(
            [(new ByteRange(Grain - 512, 512), true), (new ByteRange(Grain, Grain), false), (new ByteRange(2 * Grain, 512), true)],
            ZeroRuns.Split(bytes, Grain - 512));
    }

    [Fact]
    public void One_byte_in_a_grain_makes_it_data()
    {
        var bytes = new byte[Grain];
        bytes[^1] = 1;
        Assert.Equal([(new ByteRange(0, Grain), false)], ZeroRuns.Split(bytes, 0));
    }
}

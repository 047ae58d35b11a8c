using System.Buffers.Binary;
using System.Text;
using Vbs.Restores;
using Vbs.Volumes;

namespace Vbs.Tests.Volumes;

/// <summary>Reads the footer by the offsets of the VHD specification.</summary>
public sealed class VhdFooterTests
{
    private const long GiB = 1L << 30;
    private static readonly VolumeId Volume = VolumeId.Parse("00112233-4455-6677-8899-aabbccddeeff");
    private static byte[] Of(long contentBytes) => VhdFooter.For(Volume, contentBytes);

    [Fact]
    public void Every_field_is_where_the_specification_has_it()
    {
        var footer = Of(64 * GiB);
        Assert.Equal(512, footer.Length);
        Assert.Equal("conectix", Encoding.ASCII.GetString(footer, 0, 8));
        Assert.Equal("00000002", Hex(footer, 8, 4));
        Assert.Equal("00010000", Hex(footer, 12, 4));
        Assert.Equal("ffffffffffffffff", Hex(footer, 16, 8));
        Assert.Equal("00000000", Hex(footer, 24, 4));
        Assert.Equal("win ", Encoding.ASCII.GetString(footer, 28, 4));
        Assert.Equal("Wi2k", Encoding.ASCII.GetString(footer, 36, 4));
        Assert.Equal("0000001000000000", Hex(footer, 40, 8));
        Assert.Equal("0000001000000000", Hex(footer, 48, 8));
        Assert.Equal("00000002", Hex(footer, 60, 4));
        Assert.Equal("00112233445566778899aabbccddeeff", Hex(footer, 68, 16));
        Assert.All(footer[84..], value => Assert.Equal(0, value));
    }

    [Fact]
    public void All_bytes_and_the_complement_of_the_checksum_cancel_out()
    {
        var footer = Of(3 * GiB);
        var stored = BinaryPrimitives.ReadUInt32BigEndian(footer.AsSpan(64));
        footer.AsSpan(64, 4).Clear();
        Assert.Equal(uint.MaxValue, stored + (uint)footer.Sum(value => value));
    }

    // Sectors / sectors per track / heads, each division rounded down: 31 GiB = 65,011,712 / 63 / 16 = 64,495.
    [Theory]
    [InlineData(1, 2080, 16, 63)]
    [InlineData(2, 4161, 16, 63)]
    [InlineData(31, 64495, 16, 63)]
    [InlineData(32, 16448, 16, 255)]
    [InlineData(127, 65278, 16, 255)]
    [InlineData(128, 65535, 16, 255)]
    [InlineData(8191, 65535, 16, 255)]
    public void The_geometry_is_the_specifications(long sizeGiB, int cylinders, int heads, int sectors)
    {
        var footer = Of(sizeGiB * GiB);
        Assert.Equal(cylinders, BinaryPrimitives.ReadUInt16BigEndian(footer.AsSpan(56)));
        Assert.Equal((heads, sectors), (footer[58], footer[59]));
    }

    [Theory]
    [InlineData(4, 120, 4, 17)]
    [InlineData(40, 963, 5, 17)]
    [InlineData(200, 825, 16, 31)]
    [InlineData(300, 609, 16, 63)]
    public void Small_disks_have_the_specifications_smaller_geometries(int mib, int cylinders, int heads, int sectors)
    {
        Assert.Equal(new VhdGeometry((ushort)cylinders, (byte)heads, (byte)sectors), VhdGeometry.Of(mib * 2048L));
    }

    [Fact]
    public void It_depends_on_nothing_but_the_volume() => Assert.Equal(Of(GiB), Of(GiB));

    private static string Hex(byte[] bytes, int start, int count) => Convert.ToHexStringLower(bytes, start, count);
}

using System.Buffers.Binary;

namespace Vbs.Volumes;

/// <summary>Cylinders, heads and sectors of a VHD: at most as many sectors as the disk has.</summary>
/// <remarks>Source: Microsoft, Virtual Hard Disk Image Format Specification 1.0, appendix "CHS Calculation".</remarks>
internal readonly record struct VhdGeometry(ushort Cylinders, byte Heads, byte SectorsPerTrack)
{
    private const long MaxSectors = 65535L * 16 * 255;

    /// <summary>The geometry of a disk of so many sectors of 512 bytes.</summary>
    public static VhdGeometry Of(long sectors)
    {
        sectors = Math.Min(sectors, MaxSectors);
        if (sectors >= 65535L * 16 * 63)
        {
            return Make(sectors, heads: 16, perTrack: 255);
        }

        var heads = Math.Max(4, (sectors / 17 + 1023) / 1024);
        if (heads <= 16 && sectors / 17 < heads * 1024)
        {
            return Make(sectors, heads, perTrack: 17);
        }

        return sectors / 31 < 16 * 1024 ? Make(sectors, heads: 16, perTrack: 31) : Make(sectors, heads: 16, perTrack: 63);
    }

    /// <summary>Writes its four bytes.</summary>
    public void WriteTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes, Cylinders);
        bytes[2] = Heads;
        bytes[3] = SectorsPerTrack;
    }

    private static VhdGeometry Make(long sectors, long heads, long perTrack) =>
        new((ushort)(sectors / perTrack / heads), (byte)heads, (byte)perTrack);
}

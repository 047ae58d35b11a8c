using System.Buffers.Binary;
using Vbs.Restores;

namespace Vbs.Volumes;

/// <summary>The footer that makes a raw disk a fixed VHD, the form Azure makes disks of.</summary>
/// <remarks>Source: Microsoft, Virtual Hard Disk Image Format Specification 1.0, "Hard Disk Footer Format"; all numbers big-endian.</remarks>
internal static class VhdFooter
{
    /// <summary>Its length in bytes.</summary>
    public const int Bytes = 512;

    private const uint FeaturesReserved = 2;
    private const uint Version = 0x0001_0000;
    private const ulong NoDataOffset = ulong.MaxValue;
    private const uint TypeFixed = 2;
    private const int ChecksumAt = 64;

    /// <summary>Hyper-V's. qemu's vpc driver takes the exact size from <c>win </c> and few others, from the rest the
    /// product of the geometry, which is smaller (qemu, block/vpc.c, vpc_open).</summary>
    private static ReadOnlySpan<byte> Creator => "win "u8;

    private static ReadOnlySpan<byte> CreatorHost => "Wi2k"u8;

    private const uint CreatorVersion = 0x000A_0000;

    /// <summary>Writes the footer of a volume. It depends on nothing else, so a repeated creation writes the same: its
    /// time stamp is that format's zero, 2000-01-01.</summary>
    /// <param name="volumeId">Becomes the disk's unique id.</param>
    /// <param name="contentBytes">Length of the content before it, a multiple of 512.</param>
    public static byte[] For(VolumeId volumeId, long contentBytes)
    {
        var footer = new byte[Bytes];
        var bytes = footer.AsSpan();
        "conectix"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], FeaturesReserved);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], Version);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], NoDataOffset);
        Creator.CopyTo(bytes[28..]);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[32..], CreatorVersion);
        CreatorHost.CopyTo(bytes[36..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[40..], contentBytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes[48..], contentBytes);
        VhdGeometry.Of(contentBytes / 512).WriteTo(bytes[56..]);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[60..], TypeFixed);
        volumeId.Value.TryWriteBytes(bytes[68..], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[ChecksumAt..], Checksum(bytes));
        return footer;
    }

    /// <summary>The ones' complement of the sum of all bytes, the checksum's own being zero.</summary>
    private static uint Checksum(ReadOnlySpan<byte> footer)
    {
        var sum = 0u;
        foreach (var value in footer)
        {
            sum += value;
        }

        return ~sum;
    }
}

namespace Vbs.Restores.Planning;

/// <summary>A run of bytes of the volume.</summary>
/// <param name="OffsetBytes">Where it starts; 0 or more.</param>
/// <param name="LengthBytes">How long it is; 1 or more.</param>
public readonly record struct ByteRange(long OffsetBytes, long LengthBytes)
{
    /// <summary>The first byte after it.</summary>
    public long EndBytes => OffsetBytes + LengthBytes;
}

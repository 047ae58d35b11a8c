using System.Buffers.Binary;
using System.Text.Json;
using Vbs.Restores.Planning;

namespace Vbs.Backups;

/// <summary>Collects the fields of one object of the metadata, and checks them. A problem is returned as the end of the
/// sentence "lists object … with".</summary>
internal sealed class ObjectFields(long volumeBytes)
{
    private const int PageBytes = 512;

    private string field = "";
    private long? offset;
    private long? length;
    private UInt128? md5;
    private Compression? compression;

    /// <summary>Begins the next object.</summary>
    public void Clear() => (offset, length, md5, compression) = (null, null, null, null);

    /// <summary>Takes a field's name or value; unknown fields are ignored.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public string? Token(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            field = reader.ValueTextEquals("offset"u8) ? nameof(offset)
                : reader.ValueTextEquals("length"u8) ? nameof(length)
                : reader.ValueTextEquals("md5"u8) ? nameof(md5)
                : reader.ValueTextEquals("compression"u8) ? nameof(compression)
                : "";
            return null;
        }

        return field switch
        {
            nameof(offset) => Set(ref offset, WholeNumber(ref reader)),
            nameof(length) => Set(ref length, WholeNumber(ref reader)),
            nameof(md5) => Set(ref md5, Digest(ref reader)),
            nameof(compression) => Set(ref compression, Algorithm(ref reader)),
            _ => null,
        };
    }

    /// <summary>The object, once its fields are complete.</summary>
    /// <returns>Null when they are not, or make no sense; <paramref name="wrong"/> says what.</returns>
    public BackupObject? TryBuild(int number, out string? wrong)
    {
        wrong = (offset, length, md5, compression) switch
        {
            (null, _, _, _) => "no 'offset'",
            (_, null, _, _) => "no 'length'",
            (_, _, null, _) => "no 'md5'",
            (_, _, _, null) => "no 'compression'",
            ( < 0, _, _, _) => $"the negative offset {offset}",
            (_, <= 0, _, _) => $"the length {length}",
            _ when offset % PageBytes != 0 => $"the offset {offset}, not a multiple of {PageBytes}",
            _ when length % PageBytes != 0 => $"the length {length}, not a multiple of {PageBytes}",
            _ when length > volumeBytes || offset > volumeBytes - length => $"bytes {offset} to {(UInt128)offset! + (UInt128)length!}, beyond the volume's {volumeBytes}",
            _ => null,
        };
        return wrong is null
            ? new BackupObject(number, new ByteRange(offset!.Value, length!.Value), md5!.Value, compression!.Value)
            : null;
    }

    private string? Set<T>(ref T? target, T? value)
        where T : struct
    {
        if (value is null)
        {
            return $"a '{field}' that {Expected(field)}";
        }

        if (target is not null)
        {
            return $"'{field}' twice";
        }

        target = value;
        return null;
    }

    private static string Expected(string field) => field switch
    {
        nameof(md5) => "is not 32 hex digits",
        nameof(compression) => "is not one of none, off, no, zlib, gzip, bz2, bzip2, zstd",
        _ => "is not a whole number of 64 bits",
    };

    private static long? WholeNumber(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : null;

    private static UInt128? Digest(ref Utf8JsonReader reader)
    {
        Span<byte> digest = stackalloc byte[16];
        return HexString.TryRead(ref reader, digest) ? BinaryPrimitives.ReadUInt128BigEndian(digest) : null;
    }

    // cinder/backup/chunkeddriver.py, _get_compressor: any case.
    private static Compression? Algorithm(ref Utf8JsonReader reader) =>
        reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped ? null : reader.GetString()!.ToUpperInvariant() switch
        {
            "NONE" or "OFF" or "NO" => Compression.None,
            "ZLIB" or "GZIP" => Compression.Zlib,
            "BZ2" or "BZIP2" => Compression.Bz2,
            "ZSTD" => Compression.Zstd,
            _ => null,
        };
}

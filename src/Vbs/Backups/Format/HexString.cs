using System.Buffers;
using System.Text.Json;

namespace Vbs.Backups;

/// <summary>Reads a digest from a JSON string without a string in between.</summary>
internal static class HexString
{
    /// <summary>Fills <paramref name="digest"/>; false when the token is not a string of exactly so many hex digits.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, scoped Span<byte> digest) =>
        reader.TokenType == JsonTokenType.String
        && !reader.ValueIsEscaped
        && reader.ValueSpan.Length == digest.Length * 2
        && Convert.FromHexString(reader.ValueSpan, digest, out _, out _) == OperationStatus.Done;
}

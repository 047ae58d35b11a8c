using Vbs.Restores;

namespace VbsFunctions.Http.Bodies;

/// <summary>A UUID in a request body, as generously as Cinder takes it (oslo.utils <c>uuidutils.is_uuid_like</c>).</summary>
internal static class UuidLike
{
    /// <summary>Reads 32 hex digits in any case, with dashes anywhere, braces around them, and <c>urn:</c> or <c>uuid:</c> in lower case.</summary>
    /// <returns>False for anything else; white space is never trimmed.</returns>
    public static bool TryRead(string text, out VolumeId id)
    {
        var digits = text.Replace("urn:", "", StringComparison.Ordinal).Replace("uuid:", "", StringComparison.Ordinal)
            .Trim('{', '}').Replace("-", "", StringComparison.Ordinal);

        // Guid would take more: white space around it, signs and 0x inside.
        var legal = digits.Length == 32 && digits.All(char.IsAsciiHexDigit);
        id = legal ? new VolumeId(Guid.ParseExact(digits, "N")) : default;
        return legal;
    }
}

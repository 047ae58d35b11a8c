using System.Text.Json;
using System.Text.Unicode;

namespace VbsFunctions.Http.Bodies;

/// <summary>Reads the bytes of a body as one JSON value.</summary>
/// <remarks>Refused, as unreadable: nothing but white space, a byte order mark, bytes that are not UTF-8, an escape that is half a
/// surrogate pair, nesting deeper than 64, NaN and Infinity, and whole numbers over 4,300 digits (Python's own limit). Also a key
/// that stands twice in one object: Cinder takes the last, but which disk is overwritten must not depend on who reads the body.</remarks>
internal static class JsonBody
{
    private const int MaxIntegerDigits = 4300; // sys.int_info.default_max_str_digits

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>Reads a value; false when the body is unreadable.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out JsonElement value)
    {
        value = default;
        if (!Utf8.IsValid(utf8))
        {
            return false;
        }

        try
        {
            if (EveryTokenIsWhole(utf8))
            {
                value = JsonElement.Parse(utf8, Options);
                return true;
            }
        }
        catch (JsonException)
        {
            // Not JSON, as the answer will say: the position is of no use to a caller who let a library write the body.
        }

        return false;
    }

    private static bool EveryTokenIsWhole(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Options.MaxDepth });
        while (reader.Read())
        {
            var whole = reader.TokenType switch
            {
                JsonTokenType.String or JsonTokenType.PropertyName => !reader.ValueIsEscaped || IsUnicode(in reader),
                JsonTokenType.Number => reader.ValueSpan.Length <= MaxIntegerDigits || reader.ValueSpan.ContainsAny(".eE"u8),
                _ => true,
            };
            if (!whole)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsUnicode(in Utf8JsonReader reader)
    {
        try
        {
            _ = reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // The reader's way to say that an escape is half a surrogate pair.
        }
    }
}

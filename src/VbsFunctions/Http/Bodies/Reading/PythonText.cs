using System.Globalization;
using System.Text;
using System.Text.Json;

namespace VbsFunctions.Http.Bodies;

/// <summary>JSON values as Python prints them: Cinder's schema messages quote the body so, and clients show them as they are.</summary>
internal static class PythonText
{
    /// <summary><c>str(value)</c>: a string as it is, everything else as its <see cref="Repr(JsonElement)"/>.</summary>
    public static string Str(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : Repr(value);

    /// <summary><c>repr(value)</c> of what Python's <c>json.loads</c> makes of the value.</summary>
    public static string Repr(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    /// <summary><c>repr</c> of a string: quoted, in double quotes only when that saves escaping.</summary>
    public static string Repr(string value)
    {
        var text = new StringBuilder(value.Length + 2);
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendObject(text, value);
                break;
            case JsonValueKind.Array:
                AppendArray(text, value);
                break;
            case JsonValueKind.String:
                Append(text, value.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(PythonNumber.Repr(value.GetRawText()));
                break;
            default:
                text.Append(value.ValueKind switch
                {
                    JsonValueKind.True => "True",
                    JsonValueKind.False => "False",
                    _ => "None",
                });
                break;
        }
    }

    private static void AppendObject(StringBuilder text, JsonElement value)
    {
        var separator = "{";
        foreach (var property in value.EnumerateObject())
        {
            text.Append(separator);
            Append(text, property.Name);
            text.Append(": ");
            Append(text, property.Value);
            separator = ", ";
        }

        text.Append(separator == "{" ? "{}" : "}");
    }

    private static void AppendArray(StringBuilder text, JsonElement value)
    {
        var separator = "[";
        foreach (var item in value.EnumerateArray())
        {
            text.Append(separator);
            Append(text, item);
            separator = ", ";
        }

        text.Append(separator == "[" ? "[]" : "]");
    }

    private static void Append(StringBuilder text, string value)
    {
        var quote = value.Contains('\'', StringComparison.Ordinal) && !value.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        text.Append(quote);
        foreach (var rune in value.EnumerateRunes())
        {
            Append(text, rune, quote);
        }

        text.Append(quote);
    }

    private static void Append(StringBuilder text, Rune rune, char quote) => _ = rune.Value switch
    {
        '\\' => text.Append(@"\\"),
        '\n' => text.Append(@"\n"),
        '\r' => text.Append(@"\r"),
        '\t' => text.Append(@"\t"),
        var c when c == quote => text.Append('\\').Append(quote),
        _ when IsPrintable(rune) => text.Append(rune.ToString()),
        <= 0xff => text.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
        <= 0xffff => text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
        _ => text.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"),
    };

    // str.isprintable: everything but the categories Other and Separator; the plain space is printable.
    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);
}

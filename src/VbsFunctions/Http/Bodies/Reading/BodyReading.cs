using System.Text.Json;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Http.Bodies;

/// <summary>Attributes of a body as Cinder's schemas know them (cinder/api/validation/parameter_types.py): the value, or jsonschema's sentence in a 400.
/// What is missing is null.</summary>
internal static class BodyReading
{
    private const int MaxLength = 255; // code points

    /// <summary>Reads a text that may be null, of up to 255 characters.</summary>
    public static (string? Text, Fault? Fault) ReadText(JsonElement parent, string key, int minLength = 0)
    {
        if (!parent.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return (null, null);
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return (null, SchemaFault.Attribute(key, value, SchemaFault.NotOfType(value, "string", "null"), null));
        }

        var text = value.GetString()!;
        return Length(text) > MaxLength ? (null, SchemaFault.Attribute(key, value, $"{PythonText.Repr(text)} is too long", null))
            : Length(text) < minLength ? (null, SchemaFault.Attribute(key, value, $"{PythonText.Repr(text)} should be non-empty", null))
            : (text, null);
    }

    /// <summary>Reads a text whose white space at the ends does not count, in Cinder's own words for its length
    /// (<c>name_non_mandatory_remove_white_spaces</c> in cinder/api/validation/validators.py).</summary>
    public static (string? Text, Fault? Fault) ReadTrimmed(JsonElement parent, string key, string nameInMessage)
    {
        if (!parent.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return (null, null);
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return (null, SchemaFault.Attribute(key, value, SchemaFault.NotOfType(value, "string", "null"), null));
        }

        var text = value.GetString()!.Trim();
        return Length(text) > MaxLength
            ? (null, SchemaFault.Body($"Invalid input received: {nameInMessage} has {Length(text)} characters, more than {MaxLength}.", null))
            : (text, null);
    }

    /// <summary>Whether there is a UUID; or a 400.</summary>
    public static (bool IsThere, Fault? Fault) ReadUuid(JsonElement parent, string key) =>
        !parent.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null ? (false, null)
        : value.ValueKind == JsonValueKind.String && UuidLike.TryRead(value.GetString()!, out _) ? (true, null)
        : (false, SchemaFault.Attribute(key, value, $"{PythonText.Repr(value)} is not valid under any of the given schemas", null));

    /// <summary>A text's length in characters, as Python counts them.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count();
}

using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Http.Bodies;

/// <summary>What Cinder says of a body that its schema refuses: jsonschema's sentences (4.26) in the frame of cinder/api/validation/validators.py.</summary>
internal static class SchemaFault
{
    /// <summary>400 about the body itself, whose sentence has no frame.</summary>
    public static Fault Body(string message, string? code) => new(StatusCodes.Status400BadRequest, message, code);

    /// <summary>400 about one attribute.</summary>
    /// <param name="attribute">Its key; for a thing inside an array, Cinder's own name of it.</param>
    /// <param name="value">What it is.</param>
    /// <param name="message">What is wrong with that, such as <see cref="NotOfType"/>.</param>
    /// <param name="code">The VBS code; null where VBS has none.</param>
    public static Fault Attribute(string attribute, JsonElement value, string message, string? code) =>
        Body($"Invalid input for field/attribute {attribute}. Value: {PythonText.Str(value)}. {message}", code);

    /// <summary>jsonschema's sentence for a wrong type.</summary>
    /// <param name="value">What it is.</param>
    /// <param name="types">What it may be, in the schema's order.</param>
    public static string NotOfType(JsonElement value, params ReadOnlySpan<string> types) =>
        $"{PythonText.Repr(value)} is not of type {string.Join(", ", types.ToArray().Select(type => $"'{type}'"))}";

    /// <summary>jsonschema's sentence for a key that must be there.</summary>
    public static string Required(string key) => $"'{key}' is a required property";

    /// <summary>jsonschema's sentence for keys that are not known; null when there are none.</summary>
    public static string? Unexpected(JsonElement value, params ReadOnlySpan<string> known)
    {
        var extras = new List<string>();
        foreach (var property in value.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                extras.Add(property.Name);
            }
        }

        extras.Sort(CompareCodePoints);
        var names = string.Join(", ", extras.Select(PythonText.Repr));
        return extras.Count == 0
            ? null
            : $"Additional properties are not allowed ({names} {(extras.Count == 1 ? "was" : "were")} unexpected)";
    }

    // Python sorts strings by code point, which is the order of their UTF-8 bytes but not that of UTF-16.
    private static int CompareCodePoints(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
}

using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Http.Bodies;

/// <summary>The metadata of a new volume (cinder/api/validation/parameter_types.py, metadata_allows_null).</summary>
internal static partial class VolumeMetadata
{
    private const string Key = "metadata";
    private const int MaxLength = 255;
    private const int MaxTotal = 32_000; // A column of the catalog holds 32,768 characters, and a restore adds a note of 60.

    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads the pairs, in their order.</summary>
    public static (IReadOnlyDictionary<string, string> Pairs, Fault? Fault) Read(JsonElement volume)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!volume.TryGetProperty(Key, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return (ReadOnlyDictionary<string, string>.Empty, null);
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return (pairs, SchemaFault.Attribute(Key, value, SchemaFault.NotOfType(value, "object", "null"), null));
        }

        foreach (var property in value.EnumerateObject().Where(property => KeyForm.IsMatch(property.Name)))
        {
            if (Check(property.Value) is { } message)
            {
                return (pairs, SchemaFault.Attribute(property.Name, property.Value, message, null));
            }

            pairs[property.Name] = property.Value.GetString()!;
        }

        return (pairs, CheckKeys(value) ?? CheckTotal(pairs));
    }

    private static string? Check(JsonElement value) =>
        value.ValueKind != JsonValueKind.String ? SchemaFault.NotOfType(value, "string")
        : BodyReading.Length(value.GetString()!) > MaxLength ? $"{PythonText.Repr(value)} is too long"
        : null;

    private static Fault? CheckKeys(JsonElement metadata)
    {
        var wrong = metadata.EnumerateObject().Select(property => property.Name).Where(name => !KeyForm.IsMatch(name)).Order(StringComparer.Ordinal).ToList();
        return wrong.Count == 0 ? null : SchemaFault.Attribute(
            Key,
            metadata,
            $"{string.Join(", ", wrong.Select(PythonText.Repr))} {(wrong.Count == 1 ? "does" : "do")} not match any of the regexes: '^[a-zA-Z0-9-_:. /]{{1,255}}$'",
            null);
    }

    private static Fault? CheckTotal(Dictionary<string, string> pairs)
    {
        var total = JsonSerializer.Serialize(pairs, Writing).Length;
        return total <= MaxTotal ? null : SchemaFault.Body(
            string.Create(CultureInfo.InvariantCulture, $"Invalid input received: metadata has {total} characters as JSON, more than {MaxTotal}."), null);
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9\-_:. /]{1,255}\z")]
    private static partial Regex KeyForm { get; }
}

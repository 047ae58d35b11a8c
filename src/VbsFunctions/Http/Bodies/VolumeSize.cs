using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Vbs.Volumes;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Http.Bodies;

/// <summary>The size of a new volume: a whole number of GiB, or its digits in a string (cinder/api/validation/parameter_types.py, volume_size_allows_null).</summary>
internal static class VolumeSize
{
    private const string Key = "size";

    /// <summary>Reads what the schema allows; null when nothing is said.</summary>
    public static (int? SizeGiB, Fault? Fault) Read(JsonElement volume)
    {
        if (!volume.TryGetProperty(Key, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return (null, null);
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number)
            || (value.ValueKind == JsonValueKind.Number && text.AsSpan().ContainsAny('.', 'e', 'E')))
        {
            return Refuse(SchemaFault.NotOfType(value, "integer", "string", "null"));
        }

        if (value.ValueKind == JsonValueKind.String && (text.Length == 0 || !text.All(char.IsAsciiDigit)))
        {
            return Refuse($"{PythonText.Repr(text)} does not match '^[0-9]+$'");
        }

        var size = BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return size < 1 ? Refuse($"{size.ToString(CultureInfo.InvariantCulture)} is less than the minimum of 1")
            : size > int.MaxValue ? Refuse($"{size.ToString(CultureInfo.InvariantCulture)} is greater than the maximum of {Text(int.MaxValue)}")
            : ((int)size, null);

        (int?, Fault?) Refuse(string message) => (null, SchemaFault.Attribute(Key, value, message, null));
    }

    /// <summary>The size itself, which must be there and fit a page blob.</summary>
    public static (int SizeGiB, Fault? Fault) Require(int? sizeGiB) => sizeGiB switch
    {
        null => (0, SchemaFault.Body("Invalid input received: Volume size 'None' must be an integer and greater than 0", null)), // cinder/volume/flows/api/create_volume.py
        > VolumeStore.MaxSizeGiB => (0, SchemaFault.Body(
            $"Invalid input received: Volume size '{Text(sizeGiB.Value)}' is too large: a volume has 1 to {Text(VolumeStore.MaxSizeGiB)} GiB here", null)),
        { } size => (size, null),
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

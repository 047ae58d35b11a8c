using System.Globalization;
using System.Text.Json;
using Vbs.Restores;

namespace Vbs.Backups;

/// <summary>One row of Cinder's <c>backups</c> table, read field by field.</summary>
/// <param name="number">Its place in the list, from 1, for messages.</param>
/// <param name="row">The row.</param>
internal sealed class CinderRecord(int number, JsonElement row)
{
    /// <summary>A field that names something.</summary>
    public TId Id<TId>(string field)
        where TId : struct, IParsable<TId> =>
        TId.TryParse(Text(field), CultureInfo.InvariantCulture, out var id) ? id : throw Wrong(field, $"is not an id: '{Text(field)}'");

    /// <summary>A string, or null when the field is null or missing.</summary>
    public string? OptionalText(string field) => Find(field) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => Text(field, text),
        _ => throw Wrong(field, "is not a string"),
    };

    /// <summary>A whole number of 32 bits, <paramref name="minimum"/> or more.</summary>
    public int Number(string field, int minimum) =>
        Find(field) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var result) && result >= minimum
            ? result
            : throw Wrong(field, $"is not a whole number from {minimum}");

    /// <summary>A time, UTC; null when the field is null or missing. Cinder's own has no zone and is UTC.</summary>
    public DateTimeOffset? OptionalTime(string field) => OptionalText(field) switch
    {
        null => null,
        var text when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) => time,
        var text => throw Wrong(field, $"is not a time: '{text}'"),
    };

    /// <summary>A status, as cinder/objects/fields.py, <c>BackupStatus</c>, spells it.</summary>
    public BackupStatus Status(string field)
    {
        var name = Text(field);
        try
        {
            return StatusNames.ParseBackupStatus(name);
        }
        catch (FormatException)
        {
            throw Wrong(field, $"is not a backup status: '{name}'");
        }
    }

    /// <summary>Where the objects are: a path that stays inside the backup container.</summary>
    public (string Container, string ObjectPrefix) Location(string container, string prefix) =>
        ObjectNames.AreSafe(Text(container), Text(prefix))
            ? (Text(container), Text(prefix))
            : throw Wrong(container, $"and '{prefix}' are not a path of printable ASCII: '{Text(container)}/{Text(prefix)}'");

    /// <summary>What is wrong with a field.</summary>
    public InvalidDataException Wrong(string field, string what) => new($"Record {number}: '{field}' {what}.");

    private string Text(string field) => OptionalText(field) ?? throw Wrong(field, "is missing");

    private string? Text(string field, JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            throw Wrong(field, "is not Unicode");
        }
    }

    private JsonElement? Find(string field) =>
        row.ValueKind != JsonValueKind.Object ? throw new InvalidDataException($"Record {number} is not a JSON object.")
        : row.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value
        : null;
}

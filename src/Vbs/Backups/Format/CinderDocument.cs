using System.Text.Json;
using Vbs.Restores;

namespace Vbs.Backups;

/// <summary>What the metadata and the sha256 file have in common: one JSON object with <c>version</c> and <c>backup_id</c>,
/// its keys in any order (Cinder sorts them, so the long list comes first), unknown ones ignored.</summary>
/// <param name="backup">The backup as the catalog knows it.</param>
/// <param name="name">What the document is called in a fault: <c>metadata</c>, <c>sha256 file</c>.</param>
internal abstract class CinderDocument(Backup backup, string name)
{
    /// <summary>The only version there is (cinder/backup/chunkeddriver.py, <c>DRIVER_VERSION</c>).</summary>
    private const string Version = "1.0.0";

    private readonly HashSet<string> seen = [];
    private string key = "";

    /// <summary>Reads the document to its end.</summary>
    /// <exception cref="RestoreFaultException">It cannot be used; the reason says why.</exception>
    public async Task ReadAsync(Stream json, int bufferBytes, CancellationToken cancellationToken)
    {
        try
        {
            await JsonTokens.ReadAsync(json, OnToken, () => DrainAsync(cancellationToken), bufferBytes, cancellationToken);
        }
        catch (JsonException unreadable)
        {
            throw Refused(unreadable.LineNumber is { } line
                ? $"is not readable JSON (line {line + 1}, byte {unreadable.BytePositionInLine + 1})"
                : $"has a value longer than {JsonTokens.MaxTokenBytes} bytes");
        }

        Require("version");
        Require("backup_id");
    }

    /// <summary>The value of a top-level key that this document knows, or the first token of it.</summary>
    /// <returns>False when the key is unknown.</returns>
    protected abstract bool Value(string key, ref Utf8JsonReader reader);

    /// <summary>A token inside the value of a top-level key, or the end of it.</summary>
    protected abstract void Nested(string key, ref Utf8JsonReader reader);

    /// <summary>Called when a buffer's worth of tokens has been seen.</summary>
    protected virtual ValueTask DrainAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>The fault of this document.</summary>
    protected RestoreFaultException Refused(string what) => Damage.Data(backup.Id, $"its {name} {what}.");

    /// <summary>Refuses a document without the key.</summary>
    protected void Require(string required)
    {
        if (!seen.Contains(required))
        {
            throw Refused($"has no '{required}'");
        }
    }

    /// <summary>The text of a string token.</summary>
    protected string Text(string field, ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
                ? reader.GetString()!
                : throw Refused($"has a '{field}' that is not a string");
        }
        catch (InvalidOperationException)
        {
            throw Refused($"has a '{field}' that is not Unicode");
        }
    }

    /// <summary>The number of a number token: whole, and in 64 bits.</summary>
    protected long Number(string field, ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number)
            ? number
            : throw Refused($"has a '{field}' that is not a whole number of 64 bits");

    private void OnToken(ref Utf8JsonReader reader)
    {
        if (reader.CurrentDepth == 0)
        {
            if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject))
            {
                throw Refused("is not a JSON object");
            }
        }
        else if (reader.CurrentDepth > 1 || reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
        {
            Nested(key, ref reader);
        }
        else if (reader.TokenType == JsonTokenType.PropertyName)
        {
            key = Text("key", ref reader);
        }
        else if ((Common(ref reader) || Value(key, ref reader)) && !seen.Add(key))
        {
            throw Refused($"says '{key}' twice");
        }
    }

    private bool Common(ref Utf8JsonReader reader)
    {
        var (known, expected) = key switch
        {
            "version" => (true, Version),
            "backup_id" => (true, backup.Id.ToString()),
            _ => (false, ""),
        };
        return !known || string.Equals(Text(key, ref reader), expected, StringComparison.OrdinalIgnoreCase)
            ? known
            : throw Refused($"has the {key} '{Shorten(Text(key, ref reader))}', not '{expected}'");
    }

    /// <summary>Keeps a fault's sentence readable when the document's own text goes into it.</summary>
    protected static string Shorten(string text) => text.Length <= 100 ? text : string.Concat(text.AsSpan(0, 100), "…");
}

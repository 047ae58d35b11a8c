using System.Text.Json;
using Vbs.Restores;

namespace Vbs.Backups;

/// <summary>The metadata: <c>objects</c> is a list of <c>{"name": {"offset", "length", "compression", "md5"}}</c>,
/// one name each (cinder/backup/chunkeddriver.py, <c>_write_metadata</c>).</summary>
internal sealed class MetadataDocument(Backup backup, long volumeBytes) : CinderDocument(backup, "metadata")
{
    /// <summary>50 TB in Cinder's objects of 50 MB; it keeps planning within some hundred MiB of memory.</summary>
    private const int MaxObjects = 1_000_000;

    private readonly Backup backup = backup;
    private readonly List<BackupObject> objects = [];
    private readonly HashSet<int> numbers = [];
    private readonly ObjectFields fields = new(volumeBytes);
    private string name = "";
    private bool parentIsNull = true;
    private bool named;

    /// <summary>The objects by ascending offset.</summary>
    /// <exception cref="RestoreFaultException">The list is missing, the parent is not the record's, or two objects overlap.</exception>
    public IReadOnlyList<BackupObject> Finish()
    {
        Require("objects");
        if (parentIsNull && backup.ParentId is { } parent)
        {
            throw Refused($"names no parent, its record says {parent}");
        }

        objects.Sort((left, right) => left.Range.OffsetBytes.CompareTo(right.Range.OffsetBytes));
        for (var i = 1; i < objects.Count; i++)
        {
            if (objects[i].Range.OffsetBytes < objects[i - 1].Range.EndBytes)
            {
                throw Refused($"lists objects {objects[i - 1].Number:d5} and {objects[i].Number:d5}, which overlap at byte {objects[i].Range.OffsetBytes}");
            }
        }

        return objects;
    }

    /// <inheritdoc/>
    protected override bool Value(string key, ref Utf8JsonReader reader)
    {
        switch (key)
        {
            case "objects":
                return reader.TokenType == JsonTokenType.StartArray ? true : throw Refused("has 'objects' that are not a list");
            case "parent_id":
                parentIsNull = reader.TokenType == JsonTokenType.Null;
                RequireParent(parentIsNull ? null : Text(key, ref reader));
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    protected override void Nested(string key, ref Utf8JsonReader reader)
    {
        if (key == "objects")
        {
            Object(ref reader);
        }
    }

    // Depth 1 is the list, 2 an entry of it, 3 the entry's one name with its object, 4 the object's fields.
    private void Object(ref Utf8JsonReader reader)
    {
        switch (reader.CurrentDepth, reader.TokenType)
        {
            case (1, _) or ( > 4, _):
                break;
            case (2, JsonTokenType.StartObject):
                named = false;
                break;
            case (2, JsonTokenType.EndObject) when named:
                break;
            case (3, JsonTokenType.PropertyName) when !named:
                name = Text("name", ref reader);
                named = true;
                break;
            case (3, JsonTokenType.StartObject):
                fields.Clear();
                break;
            case (3, JsonTokenType.EndObject):
                Add();
                break;
            case (4, _):
                if (fields.Token(ref reader) is { } wrong)
                {
                    throw Refused($"lists object '{Shorten(name)}' with {wrong}");
                }

                break;
            default:
                throw Refused($"has an entry {objects.Count + 1} of 'objects' that is not one name with one object");
        }
    }

    private void Add()
    {
        var prefix = backup.ObjectPrefix;
        if (!name.StartsWith(prefix, StringComparison.Ordinal) || !ObjectNames.TryParseNumber(name.AsSpan(prefix.Length), out var number))
        {
            throw Refused($"lists object '{Shorten(name)}', whose name is not '{prefix}-' and a number");
        }

        if (!numbers.Add(number))
        {
            throw Refused($"lists object '{name}' twice");
        }

        if (objects.Count == MaxObjects)
        {
            throw Refused($"lists more than {MaxObjects} objects");
        }

        objects.Add(fields.TryBuild(number, out var wrong) ?? throw Refused($"lists object '{name}' with {wrong}"));
    }

    private void RequireParent(string? parent)
    {
        if (!string.Equals(parent, backup.ParentId?.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            throw Refused($"names the parent '{Shorten(parent ?? "none")}', its record says '{backup.ParentId?.ToString() ?? "none"}'");
        }
    }
}

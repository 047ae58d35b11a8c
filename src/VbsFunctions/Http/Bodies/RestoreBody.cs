using System.Text;
using System.Text.Json;
using Vbs.Restores;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Http.Bodies;

/// <summary>The body of the restore call, <c>{"restore":{"volume_id":…,"name":…}}</c>, read once into types.</summary>
/// <remarks>Schema and sentences are Cinder's (cinder/api/schemas/backups.py <c>restore</c>, with jsonschema 4.26), keys it does
/// not know are refused. Ours differs in two cases: a <c>restore</c> of null is refused (Cinder fails with a 500), and VBS demands
/// a <c>volume_id</c> (api-ref …/restoring_a_disk_using_a_vbs_backup_native_openstack_api).</remarks>
/// <param name="VolumeId">The disk to restore to; null asks for a new one.</param>
/// <param name="Name">Name of the new disk; it means nothing beside a <paramref name="VolumeId"/>.</param>
internal sealed record RestoreBody(VolumeId? VolumeId, string? Name)
{
    private const int MaxNameLength = 255; // code points: cinder/api/validation/parameter_types.py name_allow_zero_min_length
    private const string BodyCode = "VolumeBackup.0210"; // "The format of the disk restoration request is incorrect"
    private const string VolumeCode = "VolumeBackup.0208"; // "Parameter volume_id in the request is incorrect"

    /// <summary>Reads the body, or says with a 400 what is wrong with it: the first thing Cinder would name.</summary>
    /// <param name="json">The whole body.</param>
    /// <param name="volumeIdRequired">Whether a missing or null <c>volume_id</c> is an error: on <c>/v2</c>.</param>
    public static (RestoreBody? Body, Fault? Fault) Read(JsonElement json, bool volumeIdRequired)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return (null, Bad($"{PythonText.Repr(json)} is not of type 'object'"));
        }

        if (!json.TryGetProperty("restore", out var restore))
        {
            return (null, Bad("'restore' is a required property"));
        }

        var (body, fault) = ReadRestore(restore, volumeIdRequired);
        fault ??= Unexpected(json, "restore") is { } unexpected ? Bad(unexpected) : null;
        return fault is null ? (body, null) : (null, fault);
    }

    private static (RestoreBody? Body, Fault? Fault) ReadRestore(JsonElement restore, bool volumeIdRequired)
    {
        if (restore.ValueKind != JsonValueKind.Object)
        {
            var expected = restore.ValueKind == JsonValueKind.Null ? "'object'" : "'object', 'null'";
            return (null, Bad("restore", restore, $"{PythonText.Repr(restore)} is not of type {expected}"));
        }

        var (name, fault) = ReadName(restore);
        (var volumeId, fault) = fault is null ? ReadVolumeId(restore, volumeIdRequired) : (null, fault);
        fault ??= Unexpected(restore, "name", "volume_id") is { } unexpected ? Bad("restore", restore, unexpected) : null;
        return (new(volumeId, name), fault);
    }

    private static (string? Name, Fault? Fault) ReadName(JsonElement restore)
    {
        if (!restore.TryGetProperty("name", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return (null, null);
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return (null, Bad("name", value, $"{PythonText.Repr(value)} is not of type 'string', 'null'"));
        }

        var name = value.GetString()!;
        return name.EnumerateRunes().Count() > MaxNameLength
            ? (null, Bad("name", value, $"{PythonText.Repr(value)} is too long"))
            : (name, null);
    }

    private static (VolumeId? VolumeId, Fault? Fault) ReadVolumeId(JsonElement restore, bool required)
    {
        if (!restore.TryGetProperty("volume_id", out var value))
        {
            return (null, required ? Bad("restore", restore, "'volume_id' is a required property", VolumeCode) : null);
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            return (null, required ? Bad("volume_id", value, "None is not of type 'string'", VolumeCode) : null);
        }

        return value.ValueKind == JsonValueKind.String && UuidLike.TryRead(value.GetString()!, out var id)
            ? (id, null)
            : (null, Bad("volume_id", value, $"{PythonText.Repr(value)} is not valid under any of the given schemas", VolumeCode));
    }

    private static string? Unexpected(JsonElement value, params ReadOnlySpan<string> known)
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

    private static Fault Bad(string message) => new(400, message, BodyCode);

    private static Fault Bad(string attribute, JsonElement value, string message, string code = BodyCode) => new(
        400, $"Invalid input for field/attribute {attribute}. Value: {PythonText.Str(value)}. {message}", code);
}

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
            return (null, SchemaFault.Body(SchemaFault.NotOfType(json, "object"), BodyCode));
        }

        if (!json.TryGetProperty("restore", out var restore))
        {
            return (null, SchemaFault.Body(SchemaFault.Required("restore"), BodyCode));
        }

        var (body, fault) = ReadRestore(restore, volumeIdRequired);
        fault ??= SchemaFault.Unexpected(json, "restore") is { } unexpected ? SchemaFault.Body(unexpected, BodyCode) : null;
        return fault is null ? (body, null) : (null, fault);
    }

    private static (RestoreBody? Body, Fault? Fault) ReadRestore(JsonElement restore, bool volumeIdRequired)
    {
        if (restore.ValueKind != JsonValueKind.Object)
        {
            var message = restore.ValueKind == JsonValueKind.Null
                ? SchemaFault.NotOfType(restore, "object")
                : SchemaFault.NotOfType(restore, "object", "null");
            return (null, SchemaFault.Attribute("restore", restore, message, BodyCode));
        }

        var (name, fault) = ReadName(restore);
        (var volumeId, fault) = fault is null ? ReadVolumeId(restore, volumeIdRequired) : (null, fault);
        fault ??= SchemaFault.Unexpected(restore, "name", "volume_id") is { } unexpected
            ? SchemaFault.Attribute("restore", restore, unexpected, BodyCode)
            : null;
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
            return (null, SchemaFault.Attribute("name", value, SchemaFault.NotOfType(value, "string", "null"), BodyCode));
        }

        var name = value.GetString()!;
        return name.EnumerateRunes().Count() > MaxNameLength
            ? (null, SchemaFault.Attribute("name", value, $"{PythonText.Repr(value)} is too long", BodyCode))
            : (name, null);
    }

    private static (VolumeId? VolumeId, Fault? Fault) ReadVolumeId(JsonElement restore, bool required)
    {
        if (!restore.TryGetProperty("volume_id", out var value))
        {
            return (null, required ? SchemaFault.Attribute("restore", restore, SchemaFault.Required("volume_id"), VolumeCode) : null);
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            return (null, required ? SchemaFault.Attribute("volume_id", value, SchemaFault.NotOfType(value, "string"), VolumeCode) : null);
        }

        return value.ValueKind == JsonValueKind.String && UuidLike.TryRead(value.GetString()!, out var id)
            ? (id, null)
            : (null, SchemaFault.Attribute("volume_id", value, $"{PythonText.Repr(value)} is not valid under any of the given schemas", VolumeCode));
    }
}

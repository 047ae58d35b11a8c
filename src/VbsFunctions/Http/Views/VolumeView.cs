using System.Text.Json;
using Vbs.Restores;

namespace VbsFunctions.Http.Views;

/// <summary><c>{"volume":{…}}</c>, as Cinder shows one (cinder/api/v3/views/volumes.py, legacy_detail and detail; contrib/volume_tenant_attribute.py).</summary>
/// <remarks>What this service does not know of a volume is null, false or empty: clients expect the keys.</remarks>
internal static class VolumeView
{
    /// <summary>Writes the body that shows one.</summary>
    /// <inheritdoc cref="WriteEntry"/>
    public static void Write(Utf8JsonWriter json, Call call, Volume volume)
    {
        json.WriteStartObject();
        json.WritePropertyName("volume");
        WriteEntry(json, call, volume);
        json.WriteEndObject();
    }

    /// <summary>Writes the volume itself, as it also stands in a list.</summary>
    /// <param name="json">Where a value may stand.</param>
    /// <param name="call">Decides version and links.</param>
    /// <param name="volume">What to show.</param>
    public static void WriteEntry(Utf8JsonWriter json, Call call, Volume volume)
    {
        json.WriteStartObject();
        json.WriteString("id", volume.Id.ToString());
        json.WriteString("status", volume.Status.Name());
        json.WriteNumber("size", volume.SizeGiB);
        json.WriteString("availability_zone", volume.AvailabilityZone);
        json.WriteTime("created_at", volume.CreatedAt);
        json.WriteTime("updated_at", volume.UpdatedAt);
        json.WriteString("name", volume.Name);
        json.WriteString("description", volume.Description);
        json.WriteString("volume_type", volume.VolumeType);
        WriteUnknown(json, "snapshot_id", "source_volid");
        WriteMetadata(json, volume.Metadata);
        json.WriteLinks(call, "volumes", volume.Id.ToString());
        json.WriteString("user_id", volume.UserId);
        json.WriteString("bootable", "false");
        json.WriteBoolean("encrypted", false);
        WriteUnknown(json, "replication_status", "consistencygroup_id");
        json.WriteBoolean("multiattach", false);
        json.WriteStartArray("attachments");
        json.WriteEndArray();
        json.WriteString("os-vol-tenant-attr:tenant_id", volume.ProjectId.ToString());
        WriteMicroversions(json, call.Version);
        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject("metadata");
        foreach (var (key, value) in metadata)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteMicroversions(Utf8JsonWriter json, ApiVersion version)
    {
        if (version.IsV3From(13))
        {
            WriteUnknown(json, "group_id");
        }

        if (version.IsV3From(48))
        {
            json.WriteBoolean("shared_targets", false);
            WriteUnknown(json, "service_uuid");
        }

        if (version.IsV3From(63))
        {
            WriteUnknown(json, "volume_type_id");
        }

        if (version.IsV3From(65))
        {
            json.WriteBoolean("consumes_quota", true);
        }
    }

    private static void WriteUnknown(Utf8JsonWriter json, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            json.WriteNull(name);
        }
    }
}

using System.Globalization;
using System.Text.Json;
using Vbs.Restores;

namespace Vbs.Backups;

/// <summary>A backup as Cinder moves it from one installation to another: base64 of the JSON of its row (cinder/objects/backup.py, <c>encode_record</c>).</summary>
public static class ExportedRecord
{
    /// <summary>The driver named for a backup whose own is not known: Cinder's first, and the one that gave the format its layout.</summary>
    private const string UnknownService = "cinder.backup.drivers.swift.SwiftBackupDriver";

    /// <summary>The driver that a Cinder needs to import the backup.</summary>
    public static string Service(Backup backup) => backup.Service ?? UnknownService;

    /// <summary>Encodes a backup. What this service does not know of it is null, as in a Cinder that does not use it.</summary>
    public static string Encode(Backup backup)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            Write(writer, backup);
        }

        return Convert.ToBase64String(json.GetBuffer(), 0, (int)json.Length);
    }

    // Every field of cinder/objects/backup.py, class Backup, but parent; then what the driver adds, which for the chunked ones is nothing.
    private static void Write(Utf8JsonWriter json, Backup backup)
    {
        json.WriteStartObject();
        json.WriteString("id", backup.Id.ToString());
        json.WriteString("user_id", backup.UserId);
        json.WriteString("project_id", backup.ProjectId.ToString());
        json.WriteString("volume_id", backup.VolumeId.ToString());
        json.WriteNull("host");
        json.WriteString("availability_zone", backup.AvailabilityZone);
        json.WriteString("container", backup.Container);
        json.WriteString("parent_id", backup.ParentId?.ToString());
        json.WriteString("status", backup.Status.Name());
        json.WriteString("fail_reason", backup.FailReason);
        json.WriteNumber("size", backup.SizeGiB);
        json.WriteString("display_name", backup.Name);
        json.WriteString("display_description", backup.Description);
        json.WriteString("service_metadata", backup.ObjectPrefix);
        json.WriteString("service", Service(backup));
        json.WriteNumber("object_count", backup.ObjectCount);
        json.WriteNull("temp_volume_id");
        json.WriteNull("temp_snapshot_id");
        json.WriteNumber("num_dependent_backups", backup.DependentCount);
        json.WriteString("snapshot_id", backup.SnapshotId);
        WriteTime(json, "data_timestamp", backup.DataTimestamp);
        json.WriteNull("restore_volume_id");
        json.WriteNull("encryption_key_id");
        json.WriteStartObject("metadata");
        json.WriteEndObject();
        WriteTime(json, "created_at", backup.CreatedAt);
        WriteTime(json, "updated_at", backup.UpdatedAt);
        json.WriteNull("deleted_at");
        json.WriteBoolean("deleted", false);
        json.WriteStartObject("driver_info");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // oslo.versionedobjects, DateTime.to_primitive: whole seconds.
    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time) =>
        json.WriteString(name, time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}

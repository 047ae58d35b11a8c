using System.Text.Json;
using Vbs.Restores;

namespace VbsFunctions.Http.Views;

/// <summary><c>{"backup":{…}}</c>, as Cinder shows one (cinder/api/views/backups.py and v3/views/backups.py, detail; v3/backups.py for the project).</summary>
internal static class BackupView
{
    /// <summary>Writes the body that shows one.</summary>
    /// <inheritdoc cref="WriteEntry"/>
    public static void Write(Utf8JsonWriter json, Call call, Backup backup, Restore? restore)
    {
        json.WriteStartObject();
        json.WritePropertyName("backup");
        WriteEntry(json, call, backup, restore);
        json.WriteEndObject();
    }

    /// <summary>Writes the backup itself, as it also stands in a list.</summary>
    /// <param name="json">Where a value may stand.</param>
    /// <param name="call">Decides version and links.</param>
    /// <param name="backup">What to show.</param>
    /// <param name="restore">The restore that is reading it; null when none is.</param>
    public static void WriteEntry(Utf8JsonWriter json, Call call, Backup backup, Restore? restore)
    {
        json.WriteStartObject();
        json.WriteString("id", backup.Id.ToString());
        json.WriteString("status", backup.Status.Name());
        json.WriteNumber("size", backup.SizeGiB);
        json.WriteNumber("object_count", backup.ObjectCount);
        json.WriteString("availability_zone", backup.AvailabilityZone);
        json.WriteString("container", backup.Container);
        json.WriteTime("created_at", backup.CreatedAt);
        json.WriteTime("updated_at", backup.UpdatedAt);
        json.WriteString("name", backup.Name);
        json.WriteString("description", backup.Description);
        json.WriteString("fail_reason", backup.FailReason);
        json.WriteString("volume_id", backup.VolumeId.ToString());
        json.WriteLinks(call, "backups", backup.Id.ToString());
        json.WriteBoolean("is_incremental", backup.ParentId is not null);
        json.WriteBoolean("has_dependent_backups", backup.DependentCount > 0);
        json.WriteString("snapshot_id", backup.SnapshotId);
        json.WriteTime("data_timestamp", backup.DataTimestamp);
        WriteVersioned(json, call, backup, restore);
        json.WriteEndObject();
    }

    private static void WriteVersioned(Utf8JsonWriter json, Call call, Backup backup, Restore? restore)
    {
        if (call.Version.IsV2)
        {
            // A string that holds JSON, on v2 only (api-ref, querying_details_about_a_vbs_backup); of its many keys, the one with a meaning here.
            var progress = restore is null ? 100 : Progress.PercentOf(restore);
            json.WriteString("os-bak-tenant-attr:tenant_id", backup.ProjectId.ToString());
            json.WriteString("service_metadata", $"{{\"progress\":{progress}}}");
            return;
        }

        json.WriteString("os-backup-project-attr:project_id", backup.ProjectId.ToString());
        if (call.Version.IsV3From(43))
        {
            json.WriteStartObject("metadata");
            json.WriteEndObject();
        }

        if (call.Version.IsV3From(56))
        {
            json.WriteString("user_id", backup.UserId);
        }
    }
}

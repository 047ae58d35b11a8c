using System.Text.Json;
using Vbs.Restores;

namespace VbsFunctions.Http.Views;

/// <summary><c>{"restore":{…}}</c>, the body of the 202 (api-ref …/restoring_a_disk_using_a_vbs_backup_native_openstack_api; cinder/api/views/backups.py, restore_summary).</summary>
internal static class RestoreView
{
    /// <summary>Writes what was accepted; <c>volume_name</c> is null when the volume has none.</summary>
    public static void Write(Utf8JsonWriter json, Restore restore)
    {
        json.WriteStartObject();
        json.WriteStartObject("restore");
        json.WriteString("backup_id", restore.BackupId.ToString());
        json.WriteString("volume_id", restore.VolumeId.ToString());
        json.WriteString("volume_name", restore.VolumeName);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes what VBS's own call answers: the job alone.</summary>
    public static void WriteJobId(Utf8JsonWriter json, Restore restore)
    {
        json.WriteStartObject();
        json.WriteString("job_id", restore.Id.ToString());
        json.WriteEndObject();
    }
}

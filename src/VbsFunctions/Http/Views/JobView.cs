using System.Globalization;
using System.Text.Json;
using Vbs.Restores;

namespace VbsFunctions.Http.Views;

/// <summary>A restore as a VBS job (api-ref, querying_the_job_status). Its type is the name of the audit trace (user guide, viewing_vbs_traces).</summary>
internal static class JobView
{
    /// <summary>Writes the job.</summary>
    public static void Write(Utf8JsonWriter json, Restore restore)
    {
        json.WriteStartObject();
        json.WriteString("status", Status(restore.Status));
        json.WriteString("job_id", restore.Id.ToString());
        json.WriteString("job_type", "bksRestoreBackup");
        json.WriteJobTime("begin_time", restore.AcceptedAt);
        json.WriteJobTime("end_time", restore.EndedAt);
        json.WriteString("error_code", restore.Fault?.Code);
        json.WriteString("fail_reason", restore.Fault?.Reason);
        WriteEntities(json, restore);
        json.WriteStartArray("sub_jobs");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // All strings: gophertelekomcloud reads a map[string]string, which a number breaks. The total is "0" until the restore is planned.
    private static void WriteEntities(Utf8JsonWriter json, Restore restore)
    {
        json.WriteStartObject("entities");
        json.WriteString("backup_id", restore.BackupId.ToString());
        json.WriteString("volume_id", restore.VolumeId.ToString());
        json.WriteString("progress", Text(Progress.PercentOf(restore)));
        json.WriteString("bytes_total", Text(restore.BytesTotal ?? 0));
        json.WriteString("bytes_done", Text(restore.BytesDone));
        json.WriteEndObject();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Status(RestoreStatus status) => status switch
    {
        RestoreStatus.Accepted => "INIT",
        RestoreStatus.Running => "RUNNING",
        RestoreStatus.Succeeded => "SUCCESS",
        RestoreStatus.Failed => "FAIL",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status of a restore."),
    };
}

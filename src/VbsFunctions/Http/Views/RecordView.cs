using System.Text.Json;
using Vbs.Restores;

namespace VbsFunctions.Http.Views;

/// <summary>What moves a backup between installations, as Cinder shows it (cinder/api/views/backups.py, export_summary and summary).</summary>
internal static class RecordView
{
    /// <summary>Writes <c>{"backup-record":{…}}</c>.</summary>
    public static void WriteExport(Utf8JsonWriter json, string service, string url)
    {
        json.WriteStartObject();
        json.WriteStartObject("backup-record");
        json.WriteString("backup_service", service);
        json.WriteString("backup_url", url);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes the backup that was imported: id, name and links.</summary>
    public static void WriteImported(Utf8JsonWriter json, Call call, Backup backup)
    {
        json.WriteStartObject();
        json.WriteStartObject("backup");
        json.WriteString("id", backup.Id.ToString());
        json.WriteString("name", backup.Name);
        json.WriteLinks(call, "backups", backup.Id.ToString());
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

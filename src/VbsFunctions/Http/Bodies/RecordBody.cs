using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Vbs.Backups;
using Vbs.Restores;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Http.Bodies;

/// <summary>The body of the import call, <c>{"backup-record":{"backup_service":…,"backup_url":…}}</c> (cinder/api/schemas/backups.py, <c>import_record</c>), and
/// the record in it.</summary>
/// <param name="Service">The driver that made the backup.</param>
/// <param name="Url">The encoded record.</param>
internal sealed record RecordBody(string Service, string Url)
{
    private const string Root = "backup-record";
    private const string ServiceKey = "backup_service";
    private const string UrlKey = "backup_url";
    private const int MaxServiceLength = 255; // cinder/api/validation/parameter_types.py, backup_service

    /// <summary>Reads the body, or says with a 400 what is wrong with it.</summary>
    public static (RecordBody? Body, Fault? Fault) Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return (null, SchemaFault.Body(SchemaFault.NotOfType(json, "object"), code: null));
        }

        if (!json.TryGetProperty(Root, out var record))
        {
            return (null, SchemaFault.Body(SchemaFault.Required(Root), code: null));
        }

        var fault = record.ValueKind == JsonValueKind.Object
            ? Check(record) ?? (SchemaFault.Unexpected(json, Root) is { } unexpected ? SchemaFault.Body(unexpected, code: null) : null)
            : SchemaFault.Attribute(Root, record, SchemaFault.NotOfType(record, "object"), code: null);
        return fault is null
            ? (new(record.GetProperty(ServiceKey).GetString()!, record.GetProperty(UrlKey).GetString()!), null)
            : (null, fault);
    }

    /// <summary>The backup that the record describes, as the caller's own and at rest; or a 400 that says why it is none that can be restored here.</summary>
    public (Backup? Backup, Fault? Fault) Decode(ProjectId projectId, string userId)
    {
        if (!RecordCheck.IsChunked(Service))
        {
            return (null, Wrong($"backups of service '{Service}' cannot be read here, only those of Cinder's chunked drivers: swift, s3, gcs, nfs, posix, glusterfs"));
        }

        // The sentences for the two are Cinder's (cinder/objects/backup.py, decode_record).
        var bytes = new byte[Url.Length];
        if (!Convert.TryFromBase64String(Url, bytes, out var length))
        {
            return (null, Wrong("Can't decode backup record."));
        }

        if (!JsonBody.TryRead(bytes.AsSpan(0, length), out var record))
        {
            return (null, Wrong("Can't parse backup record."));
        }

        try
        {
            // What Cinder takes from the call and not from the record: cinder/backup/api.py, _get_import_backup; manager.py, import_record.
            return (CinderRecords.Read(record, projectId) with
            {
                UserId = userId,
                Service = Service,
                Status = BackupStatus.Available,
                FailReason = null,
                DependentCount = 0,
            }, null);
        }
        catch (InvalidDataException mistake)
        {
            return (null, Wrong(mistake.Message));
        }
    }

    /// <summary>400 about the record (cinder/exception.py, InvalidInput).</summary>
    public static Fault Wrong(string reason) => new(StatusCodes.Status400BadRequest, $"Invalid input received: {reason}");

    private static Fault? Check(JsonElement record)
    {
        foreach (var key in (string[])[ServiceKey, UrlKey])
        {
            if (record.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.String)
            {
                return SchemaFault.Attribute(key, value, SchemaFault.NotOfType(value, "string"), code: null);
            }
        }

        return CheckLengths(record) ?? CheckKeys(record);
    }

    private static Fault? CheckLengths(JsonElement record)
    {
        if (record.TryGetProperty(ServiceKey, out var service) && service.GetString()!.EnumerateRunes().Count() > MaxServiceLength)
        {
            return SchemaFault.Attribute(ServiceKey, service, $"{PythonText.Repr(service)} is too long", code: null);
        }

        return record.TryGetProperty(UrlKey, out var url) && url.GetString()!.Length == 0
            ? SchemaFault.Attribute(UrlKey, url, $"{PythonText.Repr(url)} should be non-empty", code: null)
            : null;
    }

    private static Fault? CheckKeys(JsonElement record)
    {
        var missing = ((string[])[ServiceKey, UrlKey]).FirstOrDefault(key => !record.TryGetProperty(key, out _));
        var message = missing is null ? SchemaFault.Unexpected(record, ServiceKey, UrlKey) : SchemaFault.Required(missing);
        return message is null ? null : SchemaFault.Attribute(Root, record, message, code: null);
    }
}

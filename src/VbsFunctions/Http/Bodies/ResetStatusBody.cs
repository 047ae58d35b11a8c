using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Vbs.Restores;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Http.Bodies;

/// <summary>What stands under <c>os-reset_status</c>. Schemas and sentences are Cinder's (cinder/api/schemas/admin_actions.py, <c>reset</c> and
/// <c>reset_status_backup</c>; cinder/api/validation/validators.py); a status is taken in any case.</summary>
internal static class ResetStatusBody
{
    // cinder/objects/fields.py, VolumeStatus.ALL, as Python prints it.
    private const string VolumeStatuses =
        "('creating', 'available', 'deleting', 'error', 'error_deleting', 'error_managing', 'managing', 'attaching', 'in-use', 'detaching', "
        + "'maintenance', 'restoring-backup', 'error_restoring', 'reserved', 'awaiting-transfer', 'backing-up', 'error_backing-up', "
        + "'error_extending', 'downloading', 'uploading', 'retyping', 'extending')";

    /// <summary>The status that a backup shall have, available or error; or a 400.</summary>
    public static (BackupStatus Status, Fault? Fault) ReadBackup(JsonElement reset)
    {
        if (reset.ValueKind != JsonValueKind.Object)
        {
            return (default, Wrong(reset, SchemaFault.NotOfType(reset, "object")));
        }

        if (!reset.TryGetProperty("status", out var status))
        {
            return (default, Wrong(reset, SchemaFault.Required("status")));
        }

        if (status.ValueKind != JsonValueKind.String)
        {
            return (default, SchemaFault.Attribute("status", status, SchemaFault.NotOfType(status, "string"), code: null));
        }

        BackupStatus? wanted = status.GetString()!.ToUpperInvariant() switch
        {
            "AVAILABLE" => BackupStatus.Available,
            "ERROR" => BackupStatus.Error,
            _ => null,
        };
        return wanted is null
            ? (default, SchemaFault.Body($"Backup status: {status.GetString()} is invalid, valid statuses are: ['available', 'error'].", code: null))
            : (wanted.Value, Unexpected(reset, "status"));
    }

    /// <summary>The status that a volume shall have, available or error. Or a fault: 400, also for the statuses that only Cinder's own work may set; 501 for
    /// what this service does not keep of a volume.</summary>
    public static (VolumeStatus Status, Fault? Fault) ReadVolume(JsonElement reset)
    {
        if (reset.ValueKind != JsonValueKind.Object)
        {
            return (default, Wrong(reset, SchemaFault.NotOfType(reset, "object")));
        }

        var fault = CheckTypes(reset);
        fault ??= Unexpected(reset, "status", "attach_status", "migration_status");
        fault ??= Text(reset, "attach_status") is null && Text(reset, "migration_status") is null
            ? null
            : new(StatusCodes.Status501NotImplemented, "Resetting attach_status or migration_status is not offered by this service: it keeps neither.");
        return fault is null ? ReadVolumeStatus(Text(reset, "status")!) : (default, fault);
    }

    private static Fault? CheckTypes(JsonElement reset)
    {
        string[] keys = ["status", "attach_status", "migration_status"];
        foreach (var key in keys)
        {
            if (reset.TryGetProperty(key, out var value) && value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            {
                return SchemaFault.Attribute(key, value, SchemaFault.NotOfType(value, "string", "null"), code: null);
            }
        }

        return keys.All(key => Text(reset, key) is null)
            ? SchemaFault.Body("Must specify 'status', 'attach_status' or 'migration_status' for update.", code: null)
            : null;
    }

    private static (VolumeStatus Status, Fault? Fault) ReadVolumeStatus(string status) => status.ToUpperInvariant() switch
    {
        "AVAILABLE" => (VolumeStatus.Available, null),
        "ERROR" => (VolumeStatus.Error, null),
        _ => (default, SchemaFault.Body(
            VolumeStatuses.Contains($"'{status}'", StringComparison.OrdinalIgnoreCase)
                ? $"Cannot reset-state to {status}: only available and error are offered."
                : $"Volume status: {status} is invalid, valid statuses are: {VolumeStatuses}.",
            code: null)),
    };

    // Null also when it is empty: Cinder takes that for not given.
    private static string? Text(JsonElement reset, string key) =>
        reset.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static Fault? Unexpected(JsonElement reset, params ReadOnlySpan<string> known) =>
        SchemaFault.Unexpected(reset, known) is { } unexpected ? Wrong(reset, unexpected) : null;

    private static Fault Wrong(JsonElement reset, string message) => SchemaFault.Attribute(ActionBody.ResetStatus, reset, message, code: null);
}

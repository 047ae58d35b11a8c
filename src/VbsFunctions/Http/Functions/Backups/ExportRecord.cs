using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vbs.Backups;
using Vbs.Catalog;
using Vbs.Restores;
using VbsFunctions.Http.Answers;
using VbsFunctions.Http.Views;

namespace VbsFunctions.Http.Functions.Backups;

/// <summary>Exports the record of a backup, as Cinder does: another Cinder that has the objects imports it. Safe to repeat.</summary>
public sealed class ExportRecord(ApiEndpoint endpoint, CatalogTable catalog)
{
    /// <summary>200 with the record; 404 when the project has no such backup; 403 when the caller's roles do not allow it; 400 when the backup
    /// is not available.</summary>
    [Function("ExportRecordV2")]
    public Task<IResult> RunV2Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.ExportRecordV2)] HttpRequest request, string projectId, string backupId) =>
        endpoint.AnswerAsync(request, projectId, call => ExportAsync(call, backupId));

    /// <inheritdoc cref="RunV2Async"/>
    [Function("ExportRecordV3")]
    public Task<IResult> RunV3Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.ExportRecordV3)] HttpRequest request, string projectId, string backupId) =>
        endpoint.AnswerAsync(request, projectId, call => ExportAsync(call, backupId));

    private async Task<Answer> ExportAsync(Call call, string backupId)
    {
        var backup = BackupId.TryParse(backupId, null, out var id) ? await catalog.FindBackupAsync(call.ProjectId, id, call.Cancelled) : null;
        if (backup is null)
        {
            return call.Refuse(new(StatusCodes.Status404NotFound, $"Backup {backupId} could not be found.", "VolumeBackup.0111"));
        }

        if (!call.Caller.MayRestore)
        {
            return call.Refuse(Fault.Forbidden("backup:export-import"));
        }

        // cinder/backup/api.py, export_record
        return backup.Status == BackupStatus.Available
            ? new(StatusCodes.Status200OK, json => RecordView.WriteExport(json, ExportedRecord.Service(backup), ExportedRecord.Encode(backup)))
            : call.Refuse(new(
                StatusCodes.Status400BadRequest, $"Invalid backup: Backup status must be available and not {backup.Status.Name()}.", "VolumeBackup.0089"));
    }
}

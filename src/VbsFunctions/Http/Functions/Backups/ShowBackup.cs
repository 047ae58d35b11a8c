using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vbs.Catalog;
using Vbs.Restores;
using VbsFunctions.Http.Answers;
using VbsFunctions.Http.Views;

namespace VbsFunctions.Http.Functions.Backups;

/// <summary>Shows a backup. Safe to repeat.</summary>
public sealed class ShowBackup(ApiEndpoint endpoint, CatalogTable catalog)
{
    /// <summary>200; 404 when the project has no such backup, also for what is no id; 403 when the caller may not read.</summary>
    [Function("ShowBackupV2")]
    public Task<IResult> RunV2Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.BackupV2)] HttpRequest request, string projectId, string backupId) =>
        endpoint.AnswerAsync(request, projectId, call => ShowAsync(call, backupId));

    /// <inheritdoc cref="RunV2Async"/>
    [Function("ShowBackupV3")]
    public Task<IResult> RunV3Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.BackupV3)] HttpRequest request, string projectId, string backupId) =>
        endpoint.AnswerAsync(request, projectId, call => ShowAsync(call, backupId));

    private async Task<Answer> ShowAsync(Call call, string backupId)
    {
        var backup = BackupId.TryParse(backupId, null, out var id) ? await catalog.FindBackupAsync(call.ProjectId, id, call.Cancelled) : null;
        if (backup is null)
        {
            return call.Refuse(Fault.NoSuchBackup(backupId));
        }

        if (!call.Caller.MayRead)
        {
            return call.Refuse(Fault.Forbidden("backup:get"));
        }

        // Only v2 shows progress, so only v2 pays for it.
        var restore = call.Version.IsV2 && backup.RestoreId is { } restoreId
            ? await catalog.FindRestoreAsync(call.ProjectId, restoreId, call.Cancelled)
            : null;
        return new(StatusCodes.Status200OK, json => BackupView.Write(json, call, backup, restore));
    }
}

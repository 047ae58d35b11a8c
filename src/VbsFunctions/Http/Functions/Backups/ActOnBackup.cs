using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Vbs.Catalog;
using Vbs.Restores;
using Vbs.Volumes;
using VbsFunctions.Http.Answers;
using VbsFunctions.Http.Bodies;

namespace VbsFunctions.Http.Functions.Backups;

/// <summary>Resets the status of a backup, which is how OpenStack cancels a restore. Safe to repeat.</summary>
/// <remarks>Cinder demands an administrator; here whoever may start a restore may end it.</remarks>
public sealed class ActOnBackup(ApiEndpoint endpoint, StatusResets resets, VolumeStore volumes, ILogger<ActOnBackup> log)
{
    /// <summary>202 without a body once the status is set; a restore of the backup has then failed, its volume is in error, and nothing of it writes any
    /// more. 404, 403: as for any backup; 400: not such a status, or not from this one; 501: another of Cinder's actions.</summary>
    [Function("ActOnBackupV2")]
    public Task<IResult> RunV2Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.BackupActionV2)] HttpRequest request, string projectId, string backupId) =>
        endpoint.AnswerJsonAsync(request, projectId, call => ActAsync(call, backupId));

    /// <inheritdoc cref="RunV2Async"/>
    [Function("ActOnBackupV3")]
    public Task<IResult> RunV3Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.BackupActionV3)] HttpRequest request, string projectId, string backupId) =>
        endpoint.AnswerJsonAsync(request, projectId, call => ActAsync(call, backupId));

    private async Task<Answer> ActAsync(Call call, string backupId)
    {
        var (reset, fault) = ActionBody.Read(call.Json, "os-force_delete");
        (var status, fault) = fault is null ? ResetStatusBody.ReadBackup(reset) : (default, fault);
        if (fault is not null)
        {
            return call.Refuse(fault);
        }

        if (!BackupId.TryParse(backupId, null, out var id))
        {
            return call.Refuse(new(StatusCodes.Status404NotFound, $"Backup {backupId} could not be found.", "VolumeBackup.0111"));
        }

        var outcome = await resets.ResetBackupAsync(call.ProjectId, id, status, call.Caller.MayRestore, call.RequestId, call.Cancelled);
        if (outcome.Refusal is not null)
        {
            return call.Refuse(RefusalFault.Of(outcome.Refusal));
        }

        if (outcome.Cancelled is { } restore)
        {
            // Segments that still run are refused from here on, and end their orchestration.
            await volumes.Open(restore.ProjectId, restore.VolumeId, restore.Id).ReleaseAsync(call.Cancelled);
            log.RestoreCancelled(call.RequestId, restore.Id, restore.BackupId, restore.VolumeId);
        }

        return Answer.Empty(StatusCodes.Status202Accepted);
    }
}

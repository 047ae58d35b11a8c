using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vbs.Catalog;
using Vbs.Restores;
using Vbs.Volumes;
using VbsFunctions.Http.Answers;
using VbsFunctions.Http.Bodies;

namespace VbsFunctions.Http.Functions.Volumes;

/// <summary>Resets the status of a volume: the way back from a failed restore, after which a volume takes no other. Safe to repeat.</summary>
public sealed class ActOnVolume(ApiEndpoint endpoint, StatusResets resets, VolumeStore volumes)
{
    // cinder/api/contrib/volume_actions.py, admin_actions.py, volume_unmanage.py, volume_image_metadata.py; cinder/api/v3/volumes.py
    private static readonly string[] NotOffered =
    [
        "os-attach", "os-detach", "os-reserve", "os-unreserve", "os-begin_detaching", "os-roll_detaching", "os-initialize_connection",
        "os-terminate_connection", "os-volume_upload_image", "os-extend", "os-extend_volume_completion", "os-update_readonly_flag", "os-retype",
        "os-set_bootable", "os-reimage", "os-migrate_volume", "os-migrate_volume_completion", "os-force_detach", "os-force_delete",
        "os-unmanage", "os-set_image_metadata", "os-unset_image_metadata", "os-show_image_metadata", "revert",
    ];

    /// <summary>202 without a body once the status is set. 404, 403: as for any volume; 400: not such a status, not from this one, or a restore
    /// holds the volume; 501: another of Cinder's actions.</summary>
    [Function("ActOnVolumeV2")]
    public Task<IResult> RunV2Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.VolumeActionV2)] HttpRequest request, string projectId, string volumeId) =>
        endpoint.AnswerJsonAsync(request, projectId, call => ActAsync(call, volumeId));

    /// <inheritdoc cref="RunV2Async"/>
    [Function("ActOnVolumeV3")]
    public Task<IResult> RunV3Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.VolumeActionV3)] HttpRequest request, string projectId, string volumeId) =>
        endpoint.AnswerJsonAsync(request, projectId, call => ActAsync(call, volumeId));

    private async Task<Answer> ActAsync(Call call, string volumeId)
    {
        var (reset, fault) = ActionBody.Read(call.Json, NotOffered);
        (var status, fault) = fault is null ? ResetStatusBody.ReadVolume(reset) : (default, fault);
        if (fault is not null)
        {
            return call.Refuse(fault);
        }

        if (!VolumeId.TryParse(volumeId, null, out var id))
        {
            return call.Refuse(new(StatusCodes.Status404NotFound, $"Volume {volumeId} could not be found.", "VolumeBackup.0207"));
        }

        var outcome = await resets.ResetVolumeAsync(call.ProjectId, id, status, call.Caller.MayRestore, call.Cancelled);
        if (outcome.Refusal is not null)
        {
            return call.Refuse(RefusalFault.Of(outcome.Refusal));
        }

        if (outcome.Last is { } restoreId)
        {
            // Its process may have died between its end and this: the volume would look in use.
            await volumes.Open(call.ProjectId, id, restoreId).ReleaseAsync(call.Cancelled);
        }

        return Answer.Empty(StatusCodes.Status202Accepted);
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Vbs;
using Vbs.Restores;
using VbsFunctions.Http.Answers;
using VbsFunctions.Http.Bodies;
using VbsFunctions.Http.Lists;

namespace VbsFunctions.Http.Functions.Volumes;

/// <summary>Deletes a volume with its content.</summary>
public sealed class DeleteVolume(ApiEndpoint endpoint, VolumeLifecycle volumes, ILogger<DeleteVolume> log)
{
    private const int KnowsForce = 23; // 3.23, VOLUME_DELETE_FORCE

    /// <summary>202 without a body once the volume is bound to go; usually it is gone. 400 while it is restored to, in use or otherwise not at rest;
    /// 403 when the caller may not; 404 when the project has no such volume.</summary>
    /// <remarks>The query is Cinder's. <c>cascade</c> changes nothing, for there are no snapshots; nor does <c>force</c>, beyond asking for an administrator:
    /// what is being made or deleted ends by itself, and a restore has to be cancelled before its disk is deleted.</remarks>
    [Function("DeleteVolumeV2")]
    public Task<IResult> RunV2Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Routes.VolumeV2)] HttpRequest request, string projectId, string volumeId) =>
        endpoint.AnswerAsync(request, projectId, call => DeleteAsync(call, volumeId, new(request.QueryString.Value)));

    /// <inheritdoc cref="RunV2Async"/>
    [Function("DeleteVolumeV3")]
    public Task<IResult> RunV3Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Routes.VolumeV3)] HttpRequest request, string projectId, string volumeId) =>
        endpoint.AnswerAsync(request, projectId, call => DeleteAsync(call, volumeId, new(request.QueryString.Value)));

    private async Task<Answer> DeleteAsync(Call call, string volumeId, QueryParameters query)
    {
        var (_, fault) = ReadFlag(query, "cascade");
        (var isForced, fault) = fault is null && call.Version.IsV3From(KnowsForce) ? ReadFlag(query, "force") : (false, fault);
        if (fault is not null)
        {
            return call.Refuse(fault);
        }

        if (!VolumeId.TryParse(volumeId, null, out var id))
        {
            return call.Refuse(Fault.NoSuchVolume(volumeId));
        }

        var needed = isForced && !call.Caller.MayForceDelete ? "volume:force_delete" : "volume:delete";
        var mayDelete = isForced ? call.Caller.MayForceDelete : call.Caller.MayManageVolumes;
        if (await volumes.DeleteAsync(call.ProjectId, id, mayDelete, call.Cancelled) is { } refusal)
        {
            return call.Refuse(refusal.Kind == RefusalKind.Forbidden ? Fault.Forbidden(needed) : RefusalFault.Of(refusal));
        }

        log.VolumeDeleted(call.RequestId, id);
        return Answer.Empty(StatusCodes.Status202Accepted);
    }

    private static (bool Value, Fault? Fault) ReadFlag(QueryParameters query, string name) =>
        query[name] is not { } text ? (false, null)
        : BooleanText.Read(text) is { } value ? (value, null)
        : (false, ListRules.Fault(ListRules.NoBoolean(name, text)));
}

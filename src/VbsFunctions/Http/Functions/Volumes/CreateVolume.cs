using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Vbs;
using Vbs.Restores;
using VbsFunctions.Http.Answers;
using VbsFunctions.Http.Bodies;
using VbsFunctions.Http.Views;

namespace VbsFunctions.Http.Functions.Volumes;

/// <summary>Makes an empty volume. Not safe to repeat: a repeat makes another.</summary>
public sealed class CreateVolume(ApiEndpoint endpoint, VolumeLifecycle volumes, Func<Guid> newId, TimeProvider time, ILogger<CreateVolume> log)
{
    /// <summary>202 with the volume: <c>available</c>, for an empty disk is made in one go, or <c>creating</c> when storage was in trouble; it will be
    /// made then without anyone asking again. 400 when the body is wrong, 403 when the caller may not, 501 when what it asks for is not offered.</summary>
    [Function("CreateVolumeV2")]
    public Task<IResult> RunV2Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.VolumesV2)] HttpRequest request, string projectId) =>
        endpoint.AnswerJsonAsync(request, projectId, CreateAsync);

    /// <inheritdoc cref="RunV2Async"/>
    [Function("CreateVolumeV3")]
    public Task<IResult> RunV3Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.VolumesV3)] HttpRequest request, string projectId) =>
        endpoint.AnswerJsonAsync(request, projectId, CreateAsync);

    private async Task<Answer> CreateAsync(Call call)
    {
        var (body, fault) = VolumeBody.Read(call.Json, call.Version);
        fault ??= call.Caller.MayManageVolumes ? null : Fault.Forbidden("volume:create");
        if (body is null || fault is not null)
        {
            return call.Refuse(fault!);
        }

        var volume = await volumes.CreateAsync(Describe(body, call), call.Cancelled);
        log.VolumeCreated(call.RequestId, volume.Id, volume.SizeGiB);
        return new(StatusCodes.Status202Accepted, json => VolumeView.Write(json, call, volume));
    }

    private Volume Describe(VolumeBody body, Call call) => new()
    {
        ProjectId = call.ProjectId,
        Id = new VolumeId(newId()),
        Status = VolumeStatus.Creating,
        SizeGiB = body.SizeGiB,
        Name = body.Name,
        Description = body.Description,
        Metadata = body.Metadata,
        AvailabilityZone = body.AvailabilityZone,
        VolumeType = body.VolumeType,
        UserId = call.Caller.UserId,
        CreatedAt = time.GetUtcNow(),
    };
}

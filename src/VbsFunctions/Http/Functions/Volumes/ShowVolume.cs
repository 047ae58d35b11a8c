using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vbs.Catalog;
using Vbs.Restores;
using VbsFunctions.Http.Answers;
using VbsFunctions.Http.Views;

namespace VbsFunctions.Http.Functions.Volumes;

/// <summary>Shows a volume: clients look here before they restore, to resolve it, and after, to see how it went. Safe to repeat.</summary>
public sealed class ShowVolume(ApiEndpoint endpoint, CatalogTable catalog)
{
    /// <summary>200; 404 when the project has no such volume, also for what is no id; 403 when the caller may not read.</summary>
    [Function("ShowVolumeV2")]
    public Task<IResult> RunV2Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.VolumeV2)] HttpRequest request, string projectId, string volumeId) =>
        endpoint.AnswerAsync(request, projectId, call => ShowAsync(call, volumeId));

    /// <inheritdoc cref="RunV2Async"/>
    [Function("ShowVolumeV3")]
    public Task<IResult> RunV3Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.VolumeV3)] HttpRequest request, string projectId, string volumeId) =>
        endpoint.AnswerAsync(request, projectId, call => ShowAsync(call, volumeId));

    private async Task<Answer> ShowAsync(Call call, string volumeId)
    {
        var volume = VolumeId.TryParse(volumeId, null, out var id) ? await catalog.FindVolumeAsync(call.ProjectId, id, call.Cancelled) : null;
        if (volume is null)
        {
            return call.Refuse(Fault.NoSuchVolume(volumeId));
        }

        return call.Caller.MayRead
            ? new(StatusCodes.Status200OK, json => VolumeView.Write(json, call, volume))
            : call.Refuse(Fault.Forbidden("volume:get"));
    }
}

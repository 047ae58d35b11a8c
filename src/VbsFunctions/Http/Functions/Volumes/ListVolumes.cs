using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vbs.Catalog;
using VbsFunctions.Http.Answers;
using VbsFunctions.Http.Lists;
using VbsFunctions.Http.Views;

namespace VbsFunctions.Http.Functions.Volumes;

/// <summary>Lists volumes, and the same with all that is known of them. Safe to repeat.</summary>
/// <remarks>The names of the functions sort before <see cref="ShowVolume"/>'s, or the host would take <c>detail</c> for an id.</remarks>
public sealed class ListVolumes(ApiEndpoint endpoint, CatalogLists lists)
{
    /// <summary>200; 400 when the query cannot be read; 403 when the caller may not read; 404 when there is no volume with the marker's id.</summary>
    [Function("ListVolumesV2")]
    public Task<IResult> RunV2Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.VolumesV2)] HttpRequest request, string projectId) =>
        AnswerAsync(request, projectId, isDetailed: false);

    /// <inheritdoc cref="RunV2Async"/>
    [Function("ListVolumesV3")]
    public Task<IResult> RunV3Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.VolumesV3)] HttpRequest request, string projectId) =>
        AnswerAsync(request, projectId, isDetailed: false);

    /// <inheritdoc cref="RunV2Async"/>
    [Function("ListVolumeDetailsV2")]
    public Task<IResult> RunDetailsV2Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.VolumeDetailsV2)] HttpRequest request, string projectId) =>
        AnswerAsync(request, projectId, isDetailed: true);

    /// <inheritdoc cref="RunV2Async"/>
    [Function("ListVolumeDetailsV3")]
    public Task<IResult> RunDetailsV3Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.VolumeDetailsV3)] HttpRequest request, string projectId) =>
        AnswerAsync(request, projectId, isDetailed: true);

    private Task<IResult> AnswerAsync(HttpRequest request, string projectId, bool isDetailed) =>
        endpoint.AnswerAsync(request, projectId, call => ListAsync(call, request.QueryString.Value, isDetailed));

    private async Task<Answer> ListAsync(Call call, string? text, bool isDetailed)
    {
        var (query, fault) = ListQuery.Read(call, text, ListRules.OfVolumes);
        fault ??= call.Caller.MayRead ? null : Fault.Forbidden("volume:get_all");
        if (query is null || fault is not null)
        {
            return call.Refuse(fault!);
        }

        var page = await lists.VolumesAsync(query.Request, call.Cancelled);
        return page is null
            ? call.Refuse(Fault.NoSuchVolume(query.Request.Marker!))
            : new ListView(call, ListRules.OfVolumes, query, isDetailed).Of(
                page, volume => (volume.Id.ToString(), volume.Name), (json, volume) => VolumeView.WriteEntry(json, call, volume));
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vbs.Catalog;
using Vbs.Restores;
using VbsFunctions.Http.Answers;
using VbsFunctions.Http.Views;

namespace VbsFunctions.Http.Functions;

/// <summary>Shows how far a restore is. Safe to repeat; a restore is kept after its end.</summary>
public sealed class ShowJob(ApiEndpoint endpoint, CatalogTable catalog)
{
    /// <summary>When to look again, in seconds: progress is written at least that often.</summary>
    internal const int RetryAfterSeconds = 5;

    /// <summary>200 with the job and, until it has ended, <c>Retry-After</c>; 404 when the project has no such job; 403 when the caller may not read.</summary>
    [Function(nameof(ShowJob))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Job)] HttpRequest request, string projectId, string jobId) =>
        endpoint.AnswerAsync(request, projectId, call => ShowAsync(call, jobId));

    private async Task<Answer> ShowAsync(Call call, string jobId)
    {
        var restore = RestoreId.TryParse(jobId, null, out var id) ? await catalog.FindRestoreAsync(call.ProjectId, id, call.Cancelled) : null;
        if (restore is null)
        {
            return call.Refuse(new(StatusCodes.Status404NotFound, $"Job {jobId} could not be found."));
        }

        if (!call.Caller.MayRead)
        {
            return call.Refuse(Fault.Forbidden("backup:get"));
        }

        return new(StatusCodes.Status200OK, json => JobView.Write(json, restore))
        {
            Headers = restore.EndedAt is null ? [("Retry-After", RetryAfterSeconds.ToString(CultureInfo.InvariantCulture))] : [],
        };
    }
}

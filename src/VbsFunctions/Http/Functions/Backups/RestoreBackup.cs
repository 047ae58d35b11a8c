using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Vbs.Catalog;
using Vbs.Restores;
using Vbs.Telemetry;
using VbsFunctions.Http.Answers;
using VbsFunctions.Http.Bodies;
using VbsFunctions.Http.Negotiation;
using VbsFunctions.Http.Views;
using VbsFunctions.Orchestration;

namespace VbsFunctions.Http.Functions.Backups;

/// <summary>Restores a backup to a volume: the call that this service exists for.</summary>
/// <remarks>A repeat after the 202 is a 400, for the backup is then <c>restoring</c>, as in Cinder; with repeatability headers it is the first answer again.</remarks>
public sealed class RestoreBackup(ApiEndpoint endpoint, CatalogTable catalog, TimeProvider time, RestoreMetrics metrics, ILogger<RestoreBackup> log)
{
    /// <summary>202 once the restore is stored and bound to end, with <c>Operation-Location</c> and <c>Retry-After</c>. 400, 403, 404: refused,
    /// and nothing has changed; 409: another request was faster, and asking again gives a definite answer; 412: too late to repeat.</summary>
    [Function("RestoreBackupV2")]
    public Task<IResult> RunV2Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.RestoreV2)] HttpRequest request,
        string projectId,
        string backupId,
        [DurableClient] DurableTaskClient client) =>
        endpoint.AnswerJsonAsync(request, projectId, call => RestoreAsync(call, request, backupId, client, Accepted));

    /// <summary>As <see cref="RunV2Async"/>; without a <c>volume_id</c> to a new disk, whose id the answer tells.</summary>
    [Function("RestoreBackupV3")]
    public Task<IResult> RunV3Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.RestoreV3)] HttpRequest request,
        string projectId,
        string backupId,
        [DurableClient] DurableTaskClient client) =>
        endpoint.AnswerJsonAsync(request, projectId, call => RestoreAsync(call, request, backupId, client, Accepted));

    /// <summary>VBS's own call: as <see cref="RunV2Async"/>, but 200 with the job's id (api-ref, restoring_a_disk_using_a_vbs_backup).</summary>
    [Function("RestoreCloudBackup")]
    public Task<IResult> RunCloudAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.RestoreCloud)] HttpRequest request,
        string projectId,
        string backupId,
        [DurableClient] DurableTaskClient client) =>
        endpoint.AnswerJsonAsync(request, projectId, call => RestoreAsync(call, request, backupId, client, Submitted));

    private static Answer Accepted(Restore restore) => new(StatusCodes.Status202Accepted, json => RestoreView.Write(json, restore));

    private static Answer Submitted(Restore restore) => new(StatusCodes.Status200OK, json => RestoreView.WriteJobId(json, restore));

    private async Task<Answer> RestoreAsync(
        Call call, HttpRequest request, string backupId, DurableTaskClient client, Func<Restore, Answer> accepted)
    {
        var (repeatability, fault) = RepeatabilityHeaders.Read(request, call.Json, time.GetUtcNow());
        (var wish, fault) = fault is null ? Read(call, backupId) : (null, fault);
        if (wish is null)
        {
            return call.Refuse(fault!);
        }

        using var span = RestoreSpans.Start("accept restore", call.ProjectId)
            ?.SetTag(TelemetryNames.RequestId, call.RequestId)
            .SetTag(TelemetryNames.BackupId, wish.BackupId.ToString());
        var outcome = await catalog.AcceptAsync(
            wish with { Repeatability = repeatability },
            (projectId, restoreId, ct) => RestoreStarter.StartAsync(client, projectId, restoreId, ct),
            call.Cancelled);
        span?.SetTag(TelemetryNames.VolumeId, (outcome.Restore?.VolumeId ?? wish.VolumeId)?.ToString())
            .SetTag(TelemetryNames.RestoreId, outcome.Restore?.Id.ToString());
        var answer = outcome.IsAccepted ? Accept(call, outcome, accepted) : call.Refuse(RefusalFault.Of(outcome.Refusal));
        return repeatability is null ? answer : answer with { Headers = [.. answer.Headers, (RepeatabilityHeaders.Result, Result(outcome))] };
    }

    private Answer Accept(Call call, AcceptOutcome outcome, Func<Restore, Answer> accepted)
    {
        var restore = outcome.Restore!;
        if (!outcome.IsRepeat)
        {
            metrics.Accepted();
            log.RestoreAccepted(call.RequestId, restore.Id, restore.BackupId, restore.VolumeId);
        }

        return accepted(restore) with
        {
            Headers =
            [
                ("Operation-Location", $"{call.BaseUrl}/v1/{call.ProjectId}/jobs/{restore.Id}"),
                ("Retry-After", ShowJob.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture)),
            ],
        };
    }

    private static string Result(AcceptOutcome outcome) =>
        outcome.IsOtherRequest || outcome.Refusal?.Kind is RefusalKind.Conflict or RefusalKind.Forbidden ? "rejected" : "accepted";

    private static (RestoreRequest? Request, Fault? Fault) Read(Call call, string backupId)
    {
        if (!BackupId.TryParse(backupId, null, out var id))
        {
            // VBS has a code for it, so it is no 404 here (api-ref, appendix/error_codes); the sentence is jsonschema's.
            return (null, new(
                StatusCodes.Status400BadRequest,
                $"Invalid input for field/attribute backup_id. Value: {backupId}. {PythonText.Repr(backupId)} is not a 'uuid'",
                "VolumeBackup.0204"));
        }

        var (body, fault) = RestoreBody.Read(call.Json, volumeIdRequired: call.Version.IsV2);
        return body is null
            ? (null, fault)
            : (new(call.ProjectId, id, body.VolumeId, call.Caller.MayRestore, call.Caller.UserId, call.RequestId) { NewVolumeName = body.Name }, null);
    }
}

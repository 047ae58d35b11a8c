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
using VbsFunctions.Http.Views;
using VbsFunctions.Orchestration;

namespace VbsFunctions.Http.Functions.Backups;

/// <summary>Restores a backup to a volume: the call that this service exists for.</summary>
/// <remarks>A repeat after the 202 is a 400, for the backup is then <c>restoring</c>, as in Cinder.</remarks>
public sealed class RestoreBackup(ApiEndpoint endpoint, CatalogTable catalog, RestoreMetrics metrics, ILogger<RestoreBackup> log)
{
    /// <summary>202 once the restore is stored and bound to end, with <c>Operation-Location</c> and <c>Retry-After</c>. 400, 403, 404: refused,
    /// and nothing has changed; 409: another request was faster, and asking again gives a definite answer.</summary>
    [Function("RestoreBackupV2")]
    public Task<IResult> RunV2Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.RestoreV2)] HttpRequest request,
        string projectId,
        string backupId,
        [DurableClient] DurableTaskClient client) =>
        endpoint.AnswerJsonAsync(request, projectId, call => RestoreAsync(call, backupId, client));

    /// <summary>As <see cref="RunV2Async"/>; 501 without a <c>volume_id</c>, which on v3 asks for a new disk.</summary>
    [Function("RestoreBackupV3")]
    public Task<IResult> RunV3Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.RestoreV3)] HttpRequest request,
        string projectId,
        string backupId,
        [DurableClient] DurableTaskClient client) =>
        endpoint.AnswerJsonAsync(request, projectId, call => RestoreAsync(call, backupId, client));

    private async Task<Answer> RestoreAsync(Call call, string backupId, DurableTaskClient client)
    {
        var (request, fault) = Read(call, backupId);
        if (request is null)
        {
            return call.Refuse(fault!);
        }

        using var span = RestoreSpans.Start("accept restore", call.ProjectId)
            ?.SetTag(TelemetryNames.RequestId, call.RequestId)
            .SetTag(TelemetryNames.BackupId, request.BackupId.ToString())
            .SetTag(TelemetryNames.VolumeId, request.VolumeId.ToString());
        var outcome = await catalog.AcceptAsync(
            request, (projectId, restoreId, ct) => RestoreStarter.StartAsync(client, projectId, restoreId, ct), call.Cancelled);
        if (!outcome.IsAccepted)
        {
            return call.Refuse(RefusalFault.Of(outcome.Refusal));
        }

        span?.SetTag(TelemetryNames.RestoreId, outcome.Restore.Id.ToString());
        metrics.Accepted();
        log.RestoreAccepted(call.RequestId, outcome.Restore.Id, request.BackupId, request.VolumeId);
        return new(StatusCodes.Status202Accepted, json => RestoreView.Write(json, outcome.Restore, outcome.Volume))
        {
            Headers =
            [
                ("Operation-Location", $"{call.BaseUrl}/v1/{call.ProjectId}/jobs/{outcome.Restore.Id}"),
                ("Retry-After", ShowJob.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture)),
            ],
        };
    }

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
        return body switch
        {
            null => (null, fault),
            { VolumeId: { } volumeId } => (
                new(call.ProjectId, id, volumeId, call.Caller.MayRestore, call.Caller.UserId, call.RequestId), null),
            _ => (null, new(
                StatusCodes.Status501NotImplemented,
                "Restoring a backup to a new volume is not implemented. Name an existing volume in volume_id.")),
        };
    }
}

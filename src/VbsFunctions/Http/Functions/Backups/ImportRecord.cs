using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vbs.Backups;
using Vbs.Catalog;
using VbsFunctions.Http.Answers;
using VbsFunctions.Http.Bodies;
using VbsFunctions.Http.Views;

namespace VbsFunctions.Http.Functions.Backups;

/// <summary>Imports the record of a backup that a Cinder exported; its objects have to be in the backup container already. The full backup first, then
/// its increments. A repeat is refused: the backup is there.</summary>
public sealed class ImportRecord(ApiEndpoint endpoint, BackupImports imports, RecordCheck check)
{
    /// <summary>201 with the backup, which now is the caller's project's and available. 400: the record cannot be used, and nothing has changed; 403: the
    /// caller is no administrator.</summary>
    [Function("ImportRecordV2")]
    public Task<IResult> RunV2Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.ImportRecordV2)] HttpRequest request, string projectId) =>
        endpoint.AnswerJsonAsync(request, projectId, ImportAsync);

    /// <inheritdoc cref="RunV2Async"/>
    [Function("ImportRecordV3")]
    public Task<IResult> RunV3Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.ImportRecordV3)] HttpRequest request, string projectId) =>
        endpoint.AnswerJsonAsync(request, projectId, ImportAsync);

    private async Task<Answer> ImportAsync(Call call)
    {
        var (body, fault) = RecordBody.Read(call.Json);
        if (body is null)
        {
            return call.Refuse(fault!);
        }

        if (!call.Caller.MayImport)
        {
            return call.Refuse(Fault.Forbidden("backup:backup-import"));
        }

        (var backup, fault) = body.Decode(call.ProjectId, call.Caller.UserId);
        if (backup is null)
        {
            return call.Refuse(fault!);
        }

        if (await check.FindFaultAsync(backup, call.Cancelled) is { } wrong)
        {
            return call.Refuse(RecordBody.Wrong($"{wrong}."));
        }

        return await imports.AddAsync(backup, call.Cancelled) is { } refusal
            ? call.Refuse(RefusalFault.Of(refusal))
            : new(StatusCodes.Status201Created, json => RecordView.WriteImported(json, call, backup));
    }
}

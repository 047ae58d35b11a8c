using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vbs.Catalog;
using Vbs.Restores;
using VbsFunctions.Http.Answers;
using VbsFunctions.Http.Lists;
using VbsFunctions.Http.Views;

namespace VbsFunctions.Http.Functions.Backups;

/// <summary>Lists backups, and the same with all that is known of them. Safe to repeat.</summary>
/// <remarks>The names of the functions sort before <see cref="ShowBackup"/>'s, or the host would take <c>detail</c> for an id.</remarks>
public sealed class ListBackups(ApiEndpoint endpoint, CatalogTable catalog, CatalogLists lists)
{
    private const int AtOnce = 16;

    /// <summary>200; 400 when the query cannot be read; 403 when the caller may not read; 404 when there is no backup with the marker's id.</summary>
    [Function("ListBackupsV2")]
    public Task<IResult> RunV2Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.BackupsV2)] HttpRequest request, string projectId) =>
        AnswerAsync(request, projectId, isDetailed: false);

    /// <inheritdoc cref="RunV2Async"/>
    [Function("ListBackupsV3")]
    public Task<IResult> RunV3Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.BackupsV3)] HttpRequest request, string projectId) =>
        AnswerAsync(request, projectId, isDetailed: false);

    /// <inheritdoc cref="RunV2Async"/>
    [Function("ListBackupDetailsV2")]
    public Task<IResult> RunDetailsV2Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.BackupDetailsV2)] HttpRequest request, string projectId) =>
        AnswerAsync(request, projectId, isDetailed: true);

    /// <inheritdoc cref="RunV2Async"/>
    [Function("ListBackupDetailsV3")]
    public Task<IResult> RunDetailsV3Async(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.BackupDetailsV3)] HttpRequest request, string projectId) =>
        AnswerAsync(request, projectId, isDetailed: true);

    private Task<IResult> AnswerAsync(HttpRequest request, string projectId, bool isDetailed) =>
        endpoint.AnswerAsync(request, projectId, call => ListAsync(call, request.QueryString.Value, isDetailed));

    private async Task<Answer> ListAsync(Call call, string? text, bool isDetailed)
    {
        var (query, fault) = ListQuery.Read(call, text, ListRules.OfBackups);
        fault ??= call.Caller.MayRead ? null : Fault.Forbidden("backup:get_all");
        if (query is null || fault is not null)
        {
            return call.Refuse(fault!);
        }

        var page = await lists.BackupsAsync(query.Request, call.Cancelled);
        if (page is null)
        {
            return call.Refuse(Fault.NoSuchBackup(query.Request.Marker!));
        }

        var restores = isDetailed && call.Version.IsV2 ? await FindRestoresAsync(call, page.Items) : [];
        return new ListView(call, ListRules.OfBackups, query, isDetailed).Of(
            page,
            backup => (backup.Id.ToString(), backup.Name),
            (json, backup) => BackupView.WriteEntry(json, call, backup, restores.GetValueOrDefault(backup.Id)));
    }

    // Only v2 shows progress, so only v2 pays for it, and only for what is being restored now.
    private async Task<ConcurrentDictionary<BackupId, Restore>> FindRestoresAsync(Call call, IEnumerable<Backup> backups)
    {
        var found = new ConcurrentDictionary<BackupId, Restore>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = call.Cancelled };
        await Parallel.ForEachAsync(backups.Where(backup => backup.RestoreId is not null), parallel, async (backup, stop) =>
        {
            if (await catalog.FindRestoreAsync(call.ProjectId, backup.RestoreId!.Value, stop) is { } restore)
            {
                found[backup.Id] = restore;
            }
        });
        return found;
    }
}

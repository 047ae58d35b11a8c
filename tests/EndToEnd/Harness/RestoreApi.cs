using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EndToEnd.Harness;

/// <summary>The calls that a client makes around a restore.</summary>
public sealed class RestoreApi : IDisposable
{
    private static readonly TimeSpan JobPoll = TimeSpan.FromMilliseconds(50);

    // The promise is two minutes: an accepted restore ends by itself.
    private static readonly TimeSpan JobTimeout = TimeSpan.FromMinutes(2);

    private readonly ServiceAccess access;
    private readonly HttpClient http;

    internal RestoreApi(ServiceAccess access)
    {
        this.access = access;
        http = new HttpClient { DefaultRequestHeaders = { { "X-Auth-Token", access.Token } } };
    }

    /// <summary>Asks for a restore.</summary>
    public Task<HttpResponseMessage> PostRestoreAsync(Guid backupId, Guid volumeId, CancellationToken cancellationToken) =>
        http.PostAsJsonAsync(
            new Uri($"{access.BaseUrl}/v2/{access.ProjectId}/backups/{backupId:D}/restore"),
            new JsonObject { ["restore"] = new JsonObject { ["volume_id"] = volumeId.ToString("D") } },
            cancellationToken);

    /// <summary>Restores to a disk that is made for it, as OpenStack's clients ask for one, and waits for the end.</summary>
    /// <returns>The job, and the disk.</returns>
    public async Task<(Job Job, Guid VolumeId)> RestoreToNewDiskAsync(Guid backupId, CancellationToken cancellationToken)
    {
        var ask = new JsonObject { ["restore"] = new JsonObject { ["volume_id"] = null, ["name"] = null } };
        using var answer = await http.PostAsJsonAsync(
            new Uri($"{access.BaseUrl}/v3/{access.ProjectId}/backups/{backupId:D}/restore"), ask, cancellationToken);
        Assert.True((int)answer.StatusCode == 202, await answer.Content.ReadAsStringAsync(cancellationToken));
        var body = await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
        var job = await WaitForEndAsync(new Uri(answer.Headers.GetValues("Operation-Location").Single()), cancellationToken);
        return (job, Guid.Parse((string)body!["restore"]!["volume_id"]!));
    }

    /// <summary>Sets the status of a <c>backup</c> or <c>volume</c>, which must be allowed; of a backup that is being restored it cancels that.</summary>
    public async Task ResetStatusAsync(string kind, Guid id, string status, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(
            new Uri($"{access.BaseUrl}/v3/{access.ProjectId}/{kind}s/{id:D}/action"),
            new JsonObject { ["os-reset_status"] = new JsonObject { ["status"] = status } },
            cancellationToken);
        Assert.True((int)answer.StatusCode == 202, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Asks for a restore that must be accepted.</summary>
    /// <returns>The address of its job.</returns>
    public async Task<Uri> AcceptRestoreAsync(Guid backupId, Guid volumeId, CancellationToken cancellationToken)
    {
        using var answer = await PostRestoreAsync(backupId, volumeId, cancellationToken);
        Assert.True((int)answer.StatusCode == 202, await answer.Content.ReadAsStringAsync(cancellationToken));
        return new Uri(answer.Headers.GetValues("Operation-Location").Single());
    }

    /// <summary>Restores, and waits for the end.</summary>
    public async Task<Job> RestoreAsync(Guid backupId, Guid volumeId, CancellationToken cancellationToken) =>
        await WaitForEndAsync(await AcceptRestoreAsync(backupId, volumeId, cancellationToken), cancellationToken);

    /// <summary>Polls a job until it says SUCCESS or FAIL.</summary>
    public async Task<Job> WaitForEndAsync(Uri jobUri, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(JobTimeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        while (true)
        {
            var job = await GetJobAsync(jobUri, either.Token);
            if (job.HasEnded)
            {
                return job;
            }

            await Task.Delay(JobPoll, TimeProvider.System, either.Token);
        }
    }

    /// <summary>Reads a job.</summary>
    public async Task<Job> GetJobAsync(Uri jobUri, CancellationToken cancellationToken) => new(await GetAsync(jobUri, cancellationToken));

    /// <summary>The status of a backup.</summary>
    public Task<string> BackupStatusAsync(Guid id, CancellationToken cancellationToken) => StatusAsync("backup", id, cancellationToken);

    /// <summary>The status of a disk.</summary>
    public Task<string> VolumeStatusAsync(Guid id, CancellationToken cancellationToken) => StatusAsync("volume", id, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<string> StatusAsync(string kind, Guid id, CancellationToken cancellationToken)
    {
        var found = await GetAsync(new Uri($"{access.BaseUrl}/v2/{access.ProjectId}/{kind}s/{id:D}"), cancellationToken);
        return (string)found[kind]!["status"]!;
    }

    private async Task<JsonNode> GetAsync(Uri uri, CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<JsonNode>(uri, cancellationToken))!;
}

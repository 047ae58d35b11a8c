using System.Net;
using System.Net.Http.Json;
using Testing.Proxy;
using Vbs.Restores;

namespace VbsFunctions.Tests.Contract;

/// <summary>Restores that want the same at the same time. The objects of their backups keep everybody waiting meanwhile, so that none ends early.</summary>
[Collection(nameof(RunningAppGroup))]
public sealed class RaceTests(RunningApp app)
{
    private const int Requests = 16;
    private static readonly HttpClient Client = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_restores_of_one_backup_one_is_accepted_and_the_other_disks_stay_as_they_are()
    {
        var project = await GivenAsync("one backup", new(
            Backup: new(), Volumes: [.. Enumerable.Range(0, Requests).Select(number => new GivenVolume(Id: Id(number)))]));

        var accepted = await RaceAsync(project, Enumerable.Range(0, Requests).Select(number => (GivenRows.BackupId.ToString(), Id(number))));

        var claimed = await Task.WhenAll(Enumerable.Range(0, Requests).Select(async number =>
            (await app.Catalog.FindVolumeAsync(project, VolumeId.Parse(Id(number)), Stop))!.UpdatedAt is not null));
        Assert.Equal(Enumerable.Range(0, Requests).Select(number => number == accepted), claimed);
    }

    [Fact]
    public async Task Of_many_restores_to_one_disk_one_is_accepted_and_the_other_backups_stay_as_they_are()
    {
        var project = await GivenAsync("one disk", new(
            Volume: new(), Backups: [.. Enumerable.Range(0, Requests).Select(number => new GivenBackup(Id: Id(number)))]));

        var accepted = await RaceAsync(project, Enumerable.Range(0, Requests).Select(number => (Id(number), GivenRows.VolumeId.ToString())));

        var claimed = await Task.WhenAll(Enumerable.Range(0, Requests).Select(async number =>
            (await app.Catalog.FindBackupAsync(project, BackupId.Parse(Id(number)), Stop))!.UpdatedAt is not null));
        Assert.Equal(Enumerable.Range(0, Requests).Select(number => number == accepted), claimed);
    }

    private static string Id(int number) => $"20000000-0000-4000-8000-0000000000{number:d2}";

    private async Task<ProjectId> GivenAsync(string name, GivenRows rows)
    {
        var project = ContractCase.Project("race for " + name);
        await rows.AddAsync(app.Table, app.Scratch(), project, ContractCase.Job("race for " + name));
        return project;
    }

    // Gives which of them was accepted.
    private async Task<int> RaceAsync(ProjectId project, IEnumerable<(string Backup, string Volume)> pairs)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var held = app.BlobProxy.Disturb(_ => true, Disturbances.After(() => over.Task));
        try
        {
            var statuses = await Task.WhenAll(pairs.Select(pair => AskAsync(project, pair.Backup, pair.Volume)));
            Assert.Single(statuses, HttpStatusCode.Accepted);
            Assert.Empty(statuses.Except([HttpStatusCode.Accepted, HttpStatusCode.BadRequest, HttpStatusCode.Conflict]));
            return Array.IndexOf(statuses, HttpStatusCode.Accepted);
        }
        finally
        {
            over.SetResult();
        }
    }

    private async Task<HttpStatusCode> AskAsync(ProjectId project, string backup, string volume)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{app.BaseUrl}/v3/{project}/backups/{backup}/restore")
        {
            Headers = { { "X-Auth-Token", $"{project}:member" } },
            Content = JsonContent.Create(new { restore = new { volume_id = volume } }),
        };
        using var response = await Client.SendAsync(request, Stop);
        return response.StatusCode;
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Vbs.Restores;

namespace VbsFunctions.Tests.Contract;

/// <summary>What takes more than one request of an id.</summary>
[Collection(nameof(RunningAppGroup))]
public sealed class RepeatabilityTests(RunningApp app)
{
    private static readonly HttpClient Client = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("v2", "backups", HttpStatusCode.Accepted)]
    [InlineData("v3", "backups", HttpStatusCode.Accepted)]
    [InlineData("v2", "cloudbackups", HttpStatusCode.OK)]
    public async Task A_repeat_is_answered_as_the_first_attempt_was_also_after_the_end(string version, string collection, HttpStatusCode status)
    {
        var project = await ProjectAsync($"{version} {collection}");
        var first = await AskAsync(version, project, collection, GivenRows.VolumeId);
        Assert.Equal(status, first.Status);
        await EndAsync(project);

        var repeat = await AskAsync(version, project, collection, GivenRows.VolumeId);

        Assert.Equal(first, repeat);
        Assert.Equal("accepted", first.Result);
        Assert.Equal(BackupStatus.Available, (await app.Catalog.FindBackupAsync(project, GivenRows.BackupId, Stop))!.Status);
    }

    [Fact]
    public async Task Requests_at_once_are_one_restore()
    {
        var project = await ProjectAsync("at once");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskAsync("v3", project, "backups", volumeId: null)));

        Assert.Single(answers.Distinct());
        Assert.Equal(HttpStatusCode.Accepted, answers[0].Status);
    }

    [Fact]
    public async Task A_refusal_is_repeated_although_its_reason_is_gone()
    {
        var project = await ProjectAsync("refused");
        await app.Catalog.TryAddAsync(new GivenVolume().Of(project, DateTimeOffset.UnixEpoch) with { Id = Other, SizeGiB = 1 }, Stop);
        var first = await AskAsync("v3", project, "backups", Other);
        Assert.Equal(HttpStatusCode.BadRequest, first.Status);

        Assert.Equal(first, await AskAsync("v3", project, "backups", Other));
    }

    [Theory]
    [InlineData("v3", "backups", false)]
    [InlineData("v2", "cloudbackups", false)]
    [InlineData("v2", "backups", true)]
    public async Task Another_path_or_body_under_the_id_is_refused(string version, string collection, bool otherVolume)
    {
        var project = await ProjectAsync($"other {version} {collection} {otherVolume}");
        await AskAsync("v2", project, "backups", GivenRows.VolumeId);

        var other = await AskAsync(version, project, collection, otherVolume ? Other : GivenRows.VolumeId);

        Assert.Equal((HttpStatusCode.BadRequest, "rejected"), (other.Status, other.Result));
        Assert.Contains("was used before, for a request with another path or body", other.Body, StringComparison.Ordinal);
    }

    private static VolumeId Other { get; } = VolumeId.Parse("5b1f0c7e-2d4a-4f0e-8a53-8d9a6c1e0f99");

    private async Task<ProjectId> ProjectAsync(string name)
    {
        var project = ContractCase.Project("repeatability of " + name);
        await new GivenRows(new GivenBackup(), new GivenVolume(), null).AddAsync(app.Table, app.Scratch(), project, ContractCase.Job(name));
        return project;
    }

    // The backup has no objects, so its restore ends by itself; a reset only makes sure that it has ended now.
    private async Task EndAsync(ProjectId project)
    {
        var reset = new JsonObject { ["os-reset_status"] = new JsonObject { ["status"] = "available" } };
        using var request = Request(project, new Uri($"{app.BaseUrl}/v3/{project}/backups/{GivenRows.BackupId}/action"), reset);
        using var response = await Client.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    private async Task<Told> AskAsync(string version, ProjectId project, string collection, VolumeId? volumeId)
    {
        var body = new JsonObject { ["restore"] = volumeId is { } id ? new JsonObject { ["volume_id"] = id.ToString() } : [] };
        using var request = Request(project, new Uri($"{app.BaseUrl}/{version}/{project}/{collection}/{GivenRows.BackupId}/restore"), body);
        request.Headers.Add("Repeatability-Request-ID", project.ToString().Insert(8, "-").Insert(13, "-").Insert(18, "-").Insert(23, "-"));
        request.Headers.Add("Repeatability-First-Sent", TimeProvider.System.GetUtcNow().ToString("r"));
        using var response = await Client.SendAsync(request, Stop);
        return new(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(Stop),
            response.Headers.GetValues("Repeatability-Result").Single(),
            response.Headers.TryGetValues("Operation-Location", out var location) ? location.Single() : null);
    }

    private static HttpRequestMessage Request(ProjectId project, Uri uri, JsonObject body) => new(HttpMethod.Post, uri)
    {
        Headers = { { "X-Auth-Token", $"{project}:member" } },
        Content = JsonContent.Create(body),
    };

    private sealed record Told(HttpStatusCode Status, string Body, string Result, string? Location);
}

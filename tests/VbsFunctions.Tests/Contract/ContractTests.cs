using System.Text.Json;
using System.Text.RegularExpressions;
using Azure;
using Azure.Data.Tables;
using Vbs.Restores;
using VbsFunctions.Tests.Wire;

namespace VbsFunctions.Tests.Contract;

/// <summary>Every file below this folder, over HTTP. A new case is a new file.</summary>
[Collection(nameof(RunningAppGroup))]
public sealed class ContractTests(RunningApp app)
{
    private static readonly string[] Placeholders = ["{hex}", "{uuid}", "{time}"];
    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public static TheoryData<string> Files { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, ContractCase.Folder), "*.json", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, ContractCase.Folder), path)).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_answer_is_the_documented_one(string file)
    {
        var contract = ContractCase.Read(file);
        var projectId = ContractCase.Project(file);
        await (contract.Given?.AddAsync(app.Table, app.Scratch(), projectId, ContractCase.Job(file)) ?? Task.CompletedTask);

        var answer = await AskAsync(contract, projectId);

        var expected = contract.Answer.Body is { } json ? ContractCase.Compact(json).Replace("{base}", app.BaseUrl, StringComparison.Ordinal) : "";
        var isExact = !Placeholders.Any(placeholder => expected.Contains(placeholder, StringComparison.Ordinal));
        Assert.Equal((contract.Answer.Status, isExact ? expected : answer.Text), (answer.Status, answer.Text));
        Matches(expected, answer.Text);
        Assert.All(contract.Answer.Headers ?? new Dictionary<string, string?>(), header => Matches(header.Value, answer.Header(header.Key)));
        var body = EveryAnswer.Check(contract.Request.Path, answer, hasBody: contract.Answer.Body is not null);
        await (answer.Status < 400 ? FollowAsync(contract.Request, body) : Task.CompletedTask);
        await (contract.Given?.Storage is null ? Task.CompletedTask : Settling.AssertAsync(app.Table, projectId, contract.Then!.Restores));
        await ThenAsync(contract.Then, projectId);
        await (contract.Given?.Storage?.On == StorageRequests.Blobs ? Settling.AssertVolumesAsync(app.Table, app.Volumes, projectId) : Task.CompletedTask);
    }

    private async Task<WireAnswer> AskAsync(ContractCase contract, ProjectId projectId)
    {
        using var hurry = app.Clock.Hurry(contract.Request.Unfinished || contract.Given?.Storage?.MakesWait is true ? 50 : 1);
        using var disturbed = contract.Given?.Storage?.Begin(app.TableProxy, app.BlobProxy, $"{projectId}", () => TouchBackupAsync(projectId));
        var answer = contract.Request.Unfinished ? await AskUnfinishedAsync(contract.Request) : await AskAsync(contract.Request);
        Assert.True(disturbed is null or { Count: > 0 }, "Nothing was disturbed.");
        return answer;
    }

    private async Task<WireAnswer> AskAsync(AskedRequest asked)
    {
        using var request = Request(asked);
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await WireAnswer.ReadAsync(response, TestContext.Current.CancellationToken);
    }

    private async Task<WireAnswer> AskUnfinishedAsync(AskedRequest asked)
    {
        using var connection = await RawConnection.OpenAsync(app.BaseUrl, TestContext.Current.CancellationToken);
        await connection.SendAsync(asked.Unended(), TestContext.Current.CancellationToken);
        return await connection.ReadAsync(hasBody: true, TestContext.Current.CancellationToken) ?? throw new InvalidDataException("No answer.");
    }

    private async Task TouchBackupAsync(ProjectId projectId)
    {
        var touch = new TableEntity(projectId.ToString(), $"backup|{GivenRows.BackupId}") { ["SweptAt"] = TimeProvider.System.GetUtcNow() };
        await app.Table.UpdateEntityAsync(touch, ETag.All, TableUpdateMode.Merge, TestContext.Current.CancellationToken);
    }

    // As clients follow them: as they stand, with the same token.
    private async Task FollowAsync(AskedRequest asked, JsonElement body)
    {
        var headers = asked.Headers?.Where(header => header.Key != "Content-Type").ToDictionary();
        foreach (var link in StrictReader.Followed(body).Where(link => link.StartsWith(app.BaseUrl, StringComparison.Ordinal)))
        {
            var answer = await AskAsync(new AskedRequest("GET", link[app.BaseUrl.Length..], headers, null, null, null, false, false));
            Assert.Contains(answer.Status, (int[])[200, 300]);
        }
    }

    private HttpRequestMessage Request(AskedRequest asked)
    {
        var request = new HttpRequestMessage(HttpMethod.Parse(asked.Method), app.BaseUrl + asked.Path);
        if (asked.Body() is { } body)
        {
            request.Content = asked.Chunked ? new StreamContent(new Unsized(body)) : new ByteArrayContent(body);
        }

        foreach (var (name, value) in asked.Headers ?? new Dictionary<string, string>())
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value) || request.Content?.Headers.TryAddWithoutValidation(name, value) is true);
        }

        return request;
    }

    private void Matches(string? expected, string? actual)
    {
        if (expected is null || actual is null)
        {
            Assert.Equal(expected, actual);
            return;
        }

        var pattern = Regex.Escape(expected.Replace("{base}", app.BaseUrl, StringComparison.Ordinal))
            .Replace(@"\{hex}", "[0-9a-f]{32}", StringComparison.Ordinal)
            .Replace(@"\{uuid}", "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", StringComparison.Ordinal)
            .Replace(@"\{time}", @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}", StringComparison.Ordinal);
        Assert.Matches($@"\A{pattern}\z", actual);
    }

    private async Task ThenAsync(ThenStatuses? then, ProjectId projectId)
    {
        if (then?.Backup is { } backup)
        {
            Assert.Equal(backup, (await app.Catalog.FindBackupAsync(projectId, GivenRows.BackupId, TestContext.Current.CancellationToken))?.Status.Name());
        }

        if (then?.Volume is { } volume)
        {
            Assert.Equal(volume, (await app.Catalog.FindVolumeAsync(projectId, GivenRows.VolumeId, TestContext.Current.CancellationToken))?.Status.Name() ?? "gone");
        }
    }

    private sealed class Unsized(byte[] body) : MemoryStream(body)
    {
        public override bool CanSeek => false;
    }
}

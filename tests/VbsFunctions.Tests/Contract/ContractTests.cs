using System.Text.RegularExpressions;
using Vbs.Restores;

namespace VbsFunctions.Tests.Contract;

/// <summary>Every file below this folder, over HTTP. A new case is a new file.</summary>
[Collection(nameof(RunningAppGroup))]
public sealed partial class ContractTests(RunningApp app)
{
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

        using var request = Ask(contract.Request);
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var expected = ContractCase.Compact(contract.Answer.Body);
        Assert.Equal((contract.Answer.Status, expected.Replace("{base}", app.BaseUrl, StringComparison.Ordinal)), ((int)response.StatusCode, body));
        Assert.All(contract.Answer.Headers ?? new Dictionary<string, string?>(), header => Matches(header.Value, Value(response, header.Key)));
        EveryAnswer(contract.Request, response);
        await ThenAsync(contract.Then, projectId);
    }

    private static void EveryAnswer(AskedRequest request, HttpResponseMessage response)
    {
        var id = Value(response, "x-openstack-request-id");
        Assert.Matches(RequestId, id);
        Assert.Equal(id, Value(response, "x-compute-request-id"));
        Assert.StartsWith("application/", Value(response, "Content-Type"), StringComparison.Ordinal);
        Assert.NotNull(response.Content.Headers.ContentLength);
        var v2 = request.Path == "/v2" || request.Path.StartsWith("/v2/", StringComparison.OrdinalIgnoreCase);
        Assert.Equal(v2 ? "@1488024000" : null, Value(response, "Deprecation"));
        Assert.Equal(v2, Value(response, "Link")?.EndsWith(">; rel=\"successor-version\"", StringComparison.Ordinal) is true);
    }

    private HttpRequestMessage Ask(AskedRequest asked)
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
            .Replace(@"\{hex}", "[0-9a-f]{32}", StringComparison.Ordinal);
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
            Assert.Equal(volume, (await app.Catalog.FindVolumeAsync(projectId, GivenRows.VolumeId, TestContext.Current.CancellationToken))?.Status.Name());
        }
    }

    private static string? Value(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    [GeneratedRegex(@"\Areq-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\z")]
    private static partial Regex RequestId { get; }

    private sealed class Unsized(byte[] body) : MemoryStream(body)
    {
        public override bool CanSeek => false;
    }
}

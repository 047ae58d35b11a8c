using System.Net;
using RealClients.Harness;

namespace RealClients;

/// <summary>Whom the service sends away, as a real Keystone tells it.</summary>
public sealed class RefusalTests(Cloud cloud)
{
    private const string NoVolume = "0a1b2c3d-0000-4000-8000-000000000001";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Backup = $"backups/{RealBackup.All[0].Id}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_may_look_and_not_restore()
    {
        cloud.Needed();
        var client = new Client(cloud, Cloud.Reader);

        var list = PrettyTable.Read((await client.CinderAsync("backup-list")).Succeeded());
        var restore = await client.CinderAsync("backup-restore", RealBackup.All[0].Id);

        Assert.Equal(RealBackup.All.Count, list.Count);
        Assert.NotEqual(0, restore.ExitCode);
        Assert.Contains("Policy doesn't allow backup:restore to be performed. (HTTP 403)", restore.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_without_a_known_role_may_not_look()
    {
        cloud.Needed();

        var list = await new Client(cloud, Cloud.Stranger).CinderAsync("backup-list");

        Assert.NotEqual(0, list.ExitCode);
        Assert.Contains("(HTTP 403)", list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_projects_backup_does_not_exist_and_its_URL_is_malformed()
    {
        cloud.Needed();
        using var keystone = new KeystoneApi(cloud.KeystoneUri);
        using var api = new Api(cloud.BaseUrl);
        var token = await keystone.IssueAsync(Cloud.Other, Stop);

        var foreign = RealBackup.All[0].Id;
        await ExpectAsync(404, await api.RestoreAsync(token, cloud.OtherId, foreign, NoVolume, Stop), $"Backup {foreign} could not be found.");
        await ExpectAsync(400, await api.RestoreAsync(token, cloud.DemoId, foreign, NoVolume, Stop), "Malformed request url");
    }

    [Fact]
    public async Task A_token_without_a_project_is_unauthorized()
    {
        cloud.Needed();
        using var keystone = new KeystoneApi(cloud.KeystoneUri);
        using var api = new Api(cloud.BaseUrl);

        using var answer = await api.GetAsync(await keystone.IssueAsync(Cloud.Member with { Project = null }, Stop), cloud.DemoId, Backup, Stop);

        await ExpectAsync(401, answer);
        Assert.Equal($"Keystone uri=\"{cloud.KeystoneUri}\"", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_token_that_expires_is_unauthorized_from_then_on()
    {
        cloud.Needed();
        var (server, uri) = await cloud.Keystone.StartHastyAsync(lifeSeconds: 15, Stop);
        await using var ended = server;
        using var keystone = new KeystoneApi(uri);

        await ExpectToEndAsync(await keystone.IssueAsync(Cloud.Member, Stop), () => Task.CompletedTask);
    }

    [Fact]
    public async Task A_revoked_token_is_unauthorized_when_the_remembered_answer_has_ended()
    {
        cloud.Needed();
        using var keystone = new KeystoneApi(cloud.KeystoneUri);
        await keystone.LogInAsync(new Account("admin", KeystoneServer.AdminPassword, "admin"), Stop);
        var token = await keystone.IssueAsync(Cloud.Member, Stop);

        await ExpectToEndAsync(token, () => keystone.RevokeAsync(token, Stop));
    }

    [Fact]
    public async Task A_disabled_users_token_is_unauthorized_when_the_remembered_answer_has_ended()
    {
        cloud.Needed();
        using var keystone = new KeystoneApi(cloud.KeystoneUri);
        await keystone.LogInAsync(new Account("admin", KeystoneServer.AdminPassword, "admin"), Stop);
        var leaver = new Account("lena", "l3na", "demo");
        var id = await new CloudSetup(keystone).UserAsync(leaver, cloud.DemoId, "member", Stop);

        await ExpectToEndAsync(await keystone.IssueAsync(leaver, Stop), () => keystone.DisableAsync(id, Stop));
    }

    [Fact]
    public async Task While_Keystone_is_stopped_nobody_is_let_in_and_afterwards_all_is_well()
    {
        cloud.Needed();
        using var keystone = new KeystoneApi(cloud.KeystoneUri);
        using var api = new Api(cloud.BaseUrl);
        var token = await keystone.IssueAsync(Cloud.Member, Stop);

        await cloud.Keystone.StopAsync();
        try
        {
            using var answer = await api.GetAsync(token, cloud.DemoId, Backup, Stop);
            await ExpectAsync(503, answer);
            Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }
        finally
        {
            await cloud.Keystone.StartAsync(Stop);
        }

        await ExpectAsync(200, await api.GetAsync(token, cloud.DemoId, Backup, Stop));
    }

    private async Task ExpectToEndAsync(string token, Func<Task> end)
    {
        using var api = new Api(cloud.BaseUrl);
        await ExpectAsync(200, await api.GetAsync(token, cloud.DemoId, Backup, Stop));
        await end();

        using var limit = new CancellationTokenSource(Patience);
        while ((await api.GetAsync(token, cloud.DemoId, Backup, limit.Token)).StatusCode == HttpStatusCode.OK)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, limit.Token);
        }

        await ExpectAsync(401, await api.GetAsync(token, cloud.DemoId, Backup, limit.Token));
    }

    private static async Task ExpectAsync(int status, HttpResponseMessage answer, string said = "")
    {
        var body = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True((int)answer.StatusCode == status && body.Contains(said, StringComparison.Ordinal), $"{(int)answer.StatusCode}: {body}");
    }
}

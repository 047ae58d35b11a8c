using System.Net.Http.Headers;
using Testing;

namespace VbsFunctions.Tests.Identity;

public sealed class KeystoneFaultTests(KeystoneApp app) : IClassFixture<KeystoneApp>
{
    private const string Path = $"/v3/{KeystoneReplies.Project}/backups/8c2a7e0a-6f0f-4d5c-9d38-3f7f2f2f0b01";
    private static readonly HttpClient Client = new();

    public static TheoryData<string, string?, int, string> Faults { get; } = new()
    {
        { "unknown", FakeKeystone.Reply(404, "{}"), 401, """{"unauthorized":{"code":401,"message":"The request you have made requires authentication."}}""" },
        { "refused", "", 503, Unavailable },
        { "failed", FakeKeystone.Reply(500, "{}"), 503, Unavailable },
        { "throttled", FakeKeystone.Reply(429, "{}"), 503, Unavailable },
        { "stalled", null, 504, """{"computeFault":{"code":504,"message":"The gateway has timed out."}}""" },
        { "html", FakeKeystone.Reply(200, "<html/>"), 502, BadGateway },
        { "proxy", FakeKeystone.Reply(407, "", "Proxy-Authenticate: Basic"), 502, BadGateway },
        { "redirected", FakeKeystone.Reply(302, "", "Location: https://elsewhere.example"), 502, BadGateway },
        { "garbage", "220 mail.example ESMTP\r\n", 502, BadGateway },
    };

    private const string Unavailable =
        """{"serviceUnavailable":{"code":503,"message":"The Keystone service is temporarily unavailable.","error_code":"VolumeBackup.0900"}}""";

    private const string BadGateway = """{"computeFault":{"code":502,"message":"Bad gateway."}}""";

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_Keystone_fails_at_is_told_and_lets_nobody_in(string token, string? reply, int status, string body)
    {
        app.Keystone.Show = _ => Task.FromResult(reply);

        using var answer = await GetAsync(token);

        Assert.Equal((status, body), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(status == 503 ? TimeSpan.FromSeconds(5) : null, answer.Headers.RetryAfter?.Delta);
        Assert.Equal(
            status == 401 ? [AuthenticationHeaderValue.Parse($"Keystone uri=\"{KeystoneApp.PublicUri}\"")] : [], answer.Headers.WwwAuthenticate);
    }

    [Theory]
    [InlineData("member", 200)]
    [InlineData("reader", 200)]
    [InlineData("swiftoperator", 403)]
    public async Task A_role_lets_in_whom_the_policy_names(string role, int status)
    {
        app.Keystone.Show = _ => KeystoneReplies.Shown(TimeProvider.System.GetUtcNow().AddHours(1), role);

        using var answer = await GetAsync($"token-of-a-{role}");

        Assert.Equal(status, (int)answer.StatusCode);
    }

    private async Task<HttpResponseMessage> GetAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, app.BaseUrl + Path) { Headers = { { "X-Auth-Token", token } } };
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}

using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Testing;
using Vbs.Identity;

namespace Vbs.Tests.Identity.Keystone;

public sealed class ServiceTokenTests
{
    private static readonly string Unauthorized = FakeKeystone.Reply(401, """{"error":{"code":401,"title":"Unauthorized"}}""");

    [Fact]
    public async Task One_login_serves_many_checks_and_is_renewed_before_its_end()
    {
        await using var keystone = new AKeystone();

        await keystone.CheckAsync("a");
        keystone.Time.Advance(TimeSpan.FromMinutes(53));
        await keystone.CheckAsync("b");
        Assert.Single(keystone.Peer.LoggedIn);

        keystone.Time.Advance(TimeSpan.FromMinutes(1));
        await keystone.CheckAsync("c");
        Assert.Equal(["service-1", "service-1", "service-2"], keystone.Peer.Shown.Select(request => request.Headers["X-Auth-Token"]));
    }

    [Fact]
    public async Task A_refused_service_token_is_renewed_once_and_the_question_asked_again()
    {
        await using var keystone = new AKeystone();
        var sound = keystone.Peer.Show;
        keystone.Peer.Show = request => request.Headers["X-Auth-Token"] == "service-1" ? Task.FromResult<string?>(Unauthorized) : sound(request);

        Assert.True((await keystone.CheckAsync()).IsValid);
        Assert.Equal(2, keystone.Peer.LoggedIn.Count);
    }

    [Theory]
    [InlineData(401, 2)]
    [InlineData(403, 1)]
    public async Task A_service_that_may_not_ask_is_an_outage_and_an_error_in_the_log(int status, int questions)
    {
        await using var keystone = new AKeystone();
        keystone.Peer.Show = _ => Task.FromResult<string?>(FakeKeystone.Reply(status, "{}"));

        Assert.Equal(TokenVerdict.Unavailable, await keystone.VerdictAsync());
        Assert.Equal(questions, keystone.Peer.Shown.Count);
        Assert.Contains($"({status})", Assert.Single(keystone.Log.All, line => line.Level == LogLevel.Error).Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_credentials_are_an_outage_told_once_and_not_tried_again_at_once()
    {
        await using var keystone = new AKeystone();
        var sound = keystone.Peer.LogIn;
        keystone.Peer.LogIn = _ => Task.FromResult<string?>(Unauthorized);

        Assert.Equal(TokenVerdict.Unavailable, await keystone.VerdictAsync("a"));
        Assert.Equal(TokenVerdict.Unavailable, await keystone.VerdictAsync("b"));
        Assert.Single(keystone.Peer.Requests);
        Assert.Contains("own credentials", Assert.Single(keystone.Log.All, line => line.Level == LogLevel.Error).Line, StringComparison.Ordinal);

        keystone.Peer.LogIn = sound;
        keystone.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TokenVerdict.Valid, await keystone.VerdictAsync("a"));
    }

    [Fact]
    public async Task Checks_of_different_tokens_share_one_login()
    {
        await using var keystone = new AKeystone();
        var issued = new TaskCompletionSource<string?>();
        keystone.Peer.LogIn = _ => issued.Task;

        var checks = Enumerable.Range(0, 10).Select(i => keystone.CheckAsync($"token-{i}")).ToList();
        issued.SetResult(await KeystoneReplies.Issued("service-1", keystone.Time.GetUtcNow().AddHours(1)));

        Assert.All(await Task.WhenAll(checks), answer => Assert.True(answer.IsValid));
        Assert.Single(keystone.Peer.LoggedIn);
    }

    public static TheoryData<(string, string?)[], string> Logins { get; } = new()
    {
        {
            [],
            """{"auth":{"identity":{"methods":["application_credential"],"application_credential":{"id":"c0ffee","secret":"s3cr3t-of-the-service"}}}}"""
        },
        {
            [("ApplicationCredentialId", ""), ("ApplicationCredentialSecret", ""), ("UserId", "u1"), ("Password", "p"), ("ProjectId", "ab12")],
            """{"auth":{"identity":{"methods":["password"],"password":{"user":{"id":"u1","password":"p"}}},"scope":{"project":{"id":"ab12"}}}}"""
        },
        {
            [("ApplicationCredentialId", ""), ("ApplicationCredentialSecret", ""), ("UserId", ""), ("UserName", "vbs"), ("Password", "p"), ("ProjectName", "service")],
            """{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"vbs","domain":{"name":"Default"},"password":"p"}}},"scope":{"project":{"name":"service","domain":{"name":"Default"}}}}}"""
        },
        {
            [("ApplicationCredentialId", ""), ("ApplicationCredentialSecret", ""), ("UserName", "vbs"), ("Password", "p"), ("ProjectId", "ab12"), ("DomainId", "d1")],
            """{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"vbs","domain":{"id":"d1"},"password":"p"}}},"scope":{"project":{"id":"ab12"}}}}"""
        },
    };

    [Theory]
    [MemberData(nameof(Logins))]
    public async Task The_login_is_as_the_settings_say((string, string?)[] settings, string body)
    {
        await using var keystone = new AKeystone([.. settings.Select(setting => ($"Vbs:Keystone:{setting.Item1}", setting.Item2))]);

        await keystone.CheckAsync();

        var login = Assert.Single(keystone.Peer.LoggedIn);
        Assert.Equal("/v3/auth/tokens?nocatalog", login.Path);
        Assert.Equal("application/json", login.Headers["Content-Type"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse(login.Body)), login.Body);
    }
}

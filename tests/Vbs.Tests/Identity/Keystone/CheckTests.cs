using Testing;
using Vbs.Identity;
using Vbs.Tests.Restores;

namespace Vbs.Tests.Identity.Keystone;

public sealed class CheckTests
{
    private static readonly DateTimeOffset Later = new(2026, 11, 24, 13, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> ScopesWithoutProject { get; } =
    [
        "\"extras\":{}", "\"project\":null", "\"domain\":{\"id\":\"default\",\"name\":\"Default\"}", "\"system\":{\"all\":true}",
    ];

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/v3")]
    [InlineData("/v3/")]
    public async Task A_valid_token_says_who_calls(string path)
    {
        await using var keystone = new AKeystone();
        await using var same = new AKeystone(("Vbs:Keystone:Uri", keystone.Peer.Uri + path));

        var answer = await same.CheckAsync(" a-token\t");

        Assert.True(answer.IsValid);
        Assert.Equal((Records.Project, KeystoneReplies.User), (answer.Caller.ProjectId, answer.Caller.UserId));
        Assert.True(answer.Caller.MayRestore);
        var asked = Assert.Single(keystone.Peer.Shown);
        Assert.Equal("/v3/auth/tokens?nocatalog", asked.Path);
        Assert.Equal(("service-1", "a-token"), (asked.Headers["X-Auth-Token"], asked.Headers["X-Subject-Token"]));
    }

    [Fact]
    public async Task A_token_that_Keystone_does_not_know_is_unauthorized()
    {
        await using var keystone = new AKeystone();
        keystone.Peer.Show = _ => Task.FromResult<string?>(FakeKeystone.Reply(404, """{"error":{"code":404,"title":"Not Found"}}"""));

        Assert.Equal(TokenVerdict.Unauthorized, await keystone.VerdictAsync());
    }

    [Theory]
    [MemberData(nameof(ScopesWithoutProject))]
    public async Task A_token_without_a_project_is_unauthorized(string scope)
    {
        await using var keystone = new AKeystone();
        keystone.Peer.Show = _ => Task.FromResult<string?>(FakeKeystone.Reply(200, KeystoneReplies.DocumentOf(Later, scope, "admin")));

        Assert.Equal(TokenVerdict.Unauthorized, await keystone.VerdictAsync());
    }

    [Fact]
    public async Task A_token_that_has_ended_is_unauthorized_whatever_Keystone_thinks()
    {
        await using var keystone = new AKeystone();
        keystone.Peer.Show = _ => KeystoneReplies.Shown(keystone.Time.GetUtcNow(), "admin");

        Assert.Equal(TokenVerdict.Unauthorized, await keystone.VerdictAsync());
    }

    [Fact]
    public async Task A_token_without_roles_may_do_nothing()
    {
        await using var keystone = new AKeystone();
        keystone.Peer.Show = _ => KeystoneReplies.Shown(Later);

        var caller = (await keystone.CheckAsync()).Caller;

        Assert.False(caller is not { MayRead: false, MayRestore: false });
    }

    public static TheoryData<string> NoTokens { get; } =
    [
        "", "  \t", "two words", "line\nfeed", "nul\0", "del\u007f", "ü", "\ud800", new string('x', 8193), new string('x', 10_240),
    ];

    [Theory]
    [InlineData(null)]
    [MemberData(nameof(NoTokens))]
    public async Task What_cannot_be_a_token_is_unauthorized_without_asking(string? token)
    {
        await using var keystone = new AKeystone();

        Assert.Equal(TokenVerdict.Unauthorized, await keystone.VerdictAsync(token));
        Assert.Empty(keystone.Peer.Requests);
    }

    [Fact]
    public async Task The_longest_token_is_asked_about()
    {
        await using var keystone = new AKeystone();

        Assert.Equal(TokenVerdict.Valid, await keystone.VerdictAsync(new string('~', 8192)));
    }
}

using Testing;
using Vbs.Identity;

namespace Vbs.Tests.Identity.Keystone;

public sealed class FaultTests
{
    private const string Html = "<html>Welcome to the hotel</html>";

    public static TheoryData<string, TokenVerdict> Replies { get; } = new()
    {
        { FakeKeystone.Reply(500, "{}"), TokenVerdict.Unavailable },
        { FakeKeystone.Reply(502, Html), TokenVerdict.Unavailable },
        { FakeKeystone.Reply(503, "{}", "Retry-After: 30"), TokenVerdict.Unavailable },
        { FakeKeystone.Reply(429, "{}"), TokenVerdict.Unavailable },
        { FakeKeystone.Reply(408, ""), TokenVerdict.TimedOut },
        { FakeKeystone.Reply(504, ""), TokenVerdict.TimedOut },
        { FakeKeystone.Reply(407, "", "Proxy-Authenticate: Basic realm=\"proxy\""), TokenVerdict.Senseless },
        { FakeKeystone.Reply(300, "{}"), TokenVerdict.Senseless },
        { FakeKeystone.Reply(302, "", "Location: /v3/auth/tokens"), TokenVerdict.Senseless },
        { FakeKeystone.Reply(201, KeystoneReplies.Document(DateTimeOffset.MaxValue, "member")), TokenVerdict.Senseless },
        { FakeKeystone.Reply(204, ""), TokenVerdict.Senseless },
        { FakeKeystone.Reply(400, "{}"), TokenVerdict.Senseless },
        { FakeKeystone.Reply(418, "{}"), TokenVerdict.Senseless },
        { FakeKeystone.Reply(200, Html), TokenVerdict.Senseless },
        { FakeKeystone.Reply(200, ""), TokenVerdict.Senseless },
        { FakeKeystone.Reply(200, "null"), TokenVerdict.Senseless },
        { FakeKeystone.Reply(200, "[]"), TokenVerdict.Senseless },
        { FakeKeystone.Reply(200, """{"token":null}"""), TokenVerdict.Senseless },
        { FakeKeystone.Reply(200, """{"token":{"expires_at":"2099-01-01T00:00:00.000000Z"}}"""), TokenVerdict.Senseless },
        { FakeKeystone.Reply(200, """{"token":{"expires_at":"tomorrow","user":{"id":"u"},"project":{"id":"ab"}}}"""), TokenVerdict.Senseless },
        { FakeKeystone.Reply(200, """{"token":{"user":{"id":"u"},"project":{"id":"ab"}}}"""), TokenVerdict.Senseless },
        { FakeKeystone.Reply(200, """{"token":{"expires_at":"2099-01-01T00:00:00.000000Z","user":{"id":"u"},"project":{"id":"../x"}}}"""), TokenVerdict.Senseless },
        { FakeKeystone.Reply(200, """{"token":{"expires_at":"2099-01-01T00:00:00.000000Z","user":{"id":"u"},"project":{"id":"ab"},"roles":{}}}"""), TokenVerdict.Senseless },
        { FakeKeystone.Reply(200, new string(' ', 1 << 20) + "{}"), TokenVerdict.Senseless },
        { "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 999\r\n\r\n{", TokenVerdict.Unavailable },
        { "220 mail.example ESMTP\r\n", TokenVerdict.Senseless },
        { "", TokenVerdict.Unavailable },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public async Task An_answer_that_is_none_permits_nothing_and_is_not_remembered(string reply, TokenVerdict verdict)
    {
        await using var keystone = new AKeystone();
        var sound = keystone.Peer.Show;
        keystone.Peer.Show = _ => Task.FromResult<string?>(reply);

        var answer = await keystone.CheckAsync();
        keystone.Peer.Show = sound;

        Assert.Equal((verdict, false), (answer.Verdict, answer.IsValid));
        Assert.True((await keystone.CheckAsync()).IsValid);
    }

    [Theory]
    [MemberData(nameof(Replies))]
    public async Task A_login_that_fails_so_permits_nothing_and_is_not_remembered(string reply, TokenVerdict verdict)
    {
        var isCreated = reply.StartsWith("HTTP/1.1 201", StringComparison.Ordinal); // Here it has no token in its header.
        await using var keystone = new AKeystone();
        var sound = keystone.Peer.LogIn;
        keystone.Peer.LogIn = _ => Task.FromResult<string?>(reply);

        Assert.Equal(isCreated ? TokenVerdict.Senseless : verdict, await keystone.VerdictAsync());
        keystone.Peer.LogIn = sound;
        Assert.True((await keystone.CheckAsync()).IsValid);
    }

    [Fact]
    public async Task Silence_is_a_timeout()
    {
        await using var keystone = new AKeystone(("Vbs:Keystone:TimeoutSeconds", "1"));
        keystone.Peer.Show = _ => Task.FromResult<string?>(null);

        Assert.Equal(TokenVerdict.TimedOut, await keystone.VerdictAsync());
    }

    [Fact]
    public async Task A_Keystone_that_is_not_there_is_unavailable()
    {
        await using var stopped = new AKeystone();
        await using var keystone = new AKeystone(("Vbs:Keystone:Uri", stopped.Peer.Uri));
        await stopped.Peer.DisposeAsync();

        Assert.Equal(TokenVerdict.Unavailable, await keystone.VerdictAsync());
    }
}

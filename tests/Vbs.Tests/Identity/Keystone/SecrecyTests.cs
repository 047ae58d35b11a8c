using Testing;

namespace Vbs.Tests.Identity.Keystone;

public sealed class SecrecyTests
{
    [Fact]
    public async Task No_token_and_no_secret_reaches_the_log_at_any_level()
    {
        await using var keystone = new AKeystone();
        var sound = keystone.Peer.Show;
        await keystone.CheckAsync("token-accepted");
        await keystone.CheckAsync("token with spaces");
        string[] replies =
        [
            FakeKeystone.Reply(404, "{}"), FakeKeystone.Reply(401, "{}"), FakeKeystone.Reply(403, "{}"), FakeKeystone.Reply(500, "{}"),
            FakeKeystone.Reply(302, "", "Location: https://elsewhere.example"), FakeKeystone.Reply(200, """{"token":{"expires_at":"token-in-body"}}"""), "token-in-garbage\r\n", "",
        ];
        foreach (var (index, reply) in replies.Index())
        {
            keystone.Peer.Show = _ => Task.FromResult<string?>(reply);
            await keystone.CheckAsync($"token-refused-{index}");
        }

        keystone.Peer.Show = sound;
        keystone.Time.Advance(TimeSpan.FromHours(2));
        keystone.Peer.LogIn = _ => Task.FromResult<string?>(FakeKeystone.Reply(401, $"{{\"error\":\"{AKeystone.Secret}\"}}"));
        await keystone.CheckAsync("token-unasked");

        var lines = keystone.Log.All.Select(line => line.Line).ToList();
        Assert.Contains(lines, line => line.Contains("own credentials", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotMatch($"token-|token with spaces|service-[0-9]|{AKeystone.Secret}", line));
    }
}

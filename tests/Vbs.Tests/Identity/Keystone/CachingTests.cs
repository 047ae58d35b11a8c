using Testing;
using Vbs.Identity;

namespace Vbs.Tests.Identity.Keystone;

public sealed class CachingTests
{
    private static readonly string Unknown = FakeKeystone.Reply(404, "{}");

    [Fact]
    public async Task A_valid_token_is_believed_for_the_limit_and_then_asked_about_again()
    {
        await using var keystone = new AKeystone();

        await keystone.CheckAsync();
        keystone.Time.Advance(TimeSpan.FromSeconds(299));
        Assert.True((await keystone.CheckAsync(" a-token ")).IsValid);
        Assert.Single(keystone.Peer.Shown);

        keystone.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await keystone.CheckAsync()).IsValid);
        Assert.Equal(2, keystone.Peer.Shown.Count);
    }

    [Fact]
    public async Task A_valid_token_is_never_believed_past_its_end()
    {
        await using var keystone = new AKeystone();
        var end = keystone.Time.GetUtcNow().AddSeconds(10);
        keystone.Peer.Show = _ => KeystoneReplies.Shown(end, "member");

        Assert.True((await keystone.CheckAsync()).IsValid);
        keystone.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(TokenVerdict.Unauthorized, await keystone.VerdictAsync());
        Assert.Equal(2, keystone.Peer.Shown.Count);
    }

    [Fact]
    public async Task A_refused_token_is_refused_briefly_and_then_asked_about_again()
    {
        await using var keystone = new AKeystone();
        keystone.Peer.Show = _ => Task.FromResult<string?>(Unknown);

        await keystone.CheckAsync();
        keystone.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(TokenVerdict.Unauthorized, await keystone.VerdictAsync());
        Assert.Single(keystone.Peer.Shown);

        keystone.Time.Advance(TimeSpan.FromSeconds(1));
        await keystone.CheckAsync();
        Assert.Equal(2, keystone.Peer.Shown.Count);
    }

    [Fact]
    public async Task A_limit_of_zero_asks_every_time()
    {
        await using var keystone = new AKeystone(("Vbs:Keystone:CacheSeconds", "0"), ("Vbs:Keystone:RefusalCacheSeconds", "0"));

        await keystone.CheckAsync();
        await keystone.CheckAsync();
        keystone.Peer.Show = _ => Task.FromResult<string?>(Unknown);
        await keystone.CheckAsync();
        await keystone.CheckAsync();

        Assert.Equal(4, keystone.Peer.Shown.Count);
    }

    [Fact]
    public async Task Each_token_has_an_answer_of_its_own()
    {
        await using var keystone = new AKeystone();
        keystone.Peer.Show = request => request.Headers["X-Subject-Token"] == "good"
            ? KeystoneReplies.Shown(keystone.Time.GetUtcNow().AddHours(1), "member")
            : Task.FromResult<string?>(Unknown);

        TokenVerdict[] verdicts = [await keystone.VerdictAsync("good"), await keystone.VerdictAsync("bad"), await keystone.VerdictAsync("good"), await keystone.VerdictAsync("bad")];

        Assert.Equal([TokenVerdict.Valid, TokenVerdict.Unauthorized, TokenVerdict.Valid, TokenVerdict.Unauthorized], verdicts);
        Assert.Equal(2, keystone.Peer.Shown.Count);
    }

    [Fact]
    public async Task Invented_tokens_do_not_drive_out_a_valid_one()
    {
        await using var keystone = new AKeystone(("Vbs:Keystone:CacheEntries", "100"));
        await keystone.CheckAsync("good");
        keystone.Peer.Show = _ => Task.FromResult<string?>(Unknown);

        for (var i = 0; i < 300; i++)
        {
            Assert.Equal(TokenVerdict.Unauthorized, await keystone.VerdictAsync($"invented-{i}"));
        }

        Assert.Equal(TokenVerdict.Valid, await keystone.VerdictAsync("good"));
        Assert.Equal(301, keystone.Peer.Shown.Count);
    }

    [Fact]
    public async Task Those_who_ask_about_one_token_at_once_share_one_request_also_when_the_first_goes_away()
    {
        await using var keystone = new AKeystone();
        var answer = new TaskCompletionSource<string?>();
        var asked = new TaskCompletionSource();
        keystone.Peer.Show = _ =>
        {
            asked.TrySetResult();
            return answer.Task;
        };

        using var first = new CancellationTokenSource();
        var gone = keystone.CheckAsync(cancellationToken: first.Token);
        var others = Enumerable.Range(0, 20).Select(_ => keystone.CheckAsync()).ToList();
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        answer.SetResult(await KeystoneReplies.Shown(keystone.Time.GetUtcNow().AddHours(1), "member"));

        Assert.All(await Task.WhenAll(others), answered => Assert.True(answered.IsValid));
        Assert.Single(keystone.Peer.Shown);
        Assert.Single(keystone.Peer.LoggedIn);
    }
}

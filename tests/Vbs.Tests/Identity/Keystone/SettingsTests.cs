using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Vbs.Health;
using Vbs.Identity;
using Vbs.Tests.Configuration;

namespace Vbs.Tests.Identity.Keystone;

public sealed class SettingsTests
{
    private const string Section = "Vbs:Keystone:";
    private static readonly (string, string?) Storage = ("Vbs:Storage:ConnectionString", "UseDevelopmentStorage=true");

    private static readonly (string Key, string? Value)[] Good =
        [("Uri", "https://keystone.example:5000"), ("ApplicationCredentialId", "c0ffee"), ("ApplicationCredentialSecret", "s3cr3t")];

    private static readonly (string, string?)[] StaticToken =
    [
        ("Vbs:Identity:StaticTokens:0:Token", "demo"), ("Vbs:Identity:StaticTokens:0:ProjectId", "ab"),
        ("Vbs:Identity:StaticTokens:0:UserId", "alice"), ("Vbs:Identity:StaticTokens:0:Roles", "reader"),
    ];

    [Theory]
    [InlineData("https://keystone.example:5000")]
    [InlineData("https://cloud.example/identity/v3/")]
    [InlineData("http://127.0.0.1:5000/v3")]
    [InlineData("http://localhost:5000")]
    public void Keystone_is_reached_by_https_or_on_loopback(string uri) => Assert.Empty(Errors([.. Good, ("Uri", uri)]));

    public static TheoryData<(string, string?)[], string> Wrong { get; } = new()
    {
        { [.. Good, ("Uri", "http://keystone.example:5000")], "Uri is not allowed" },
        { [.. Good, ("Uri", "keystone.example")], "Uri is not allowed" },
        { [.. Good, ("Uri", "https://me:s3cr3t@keystone.example")], "Uri is not allowed" },
        { [.. Good, ("Uri", "https://keystone.example?x=s3cr3t")], "Uri is not allowed" },
        { [.. Good, ("PublicUri", "ftp://keystone.example")], "PublicUri is not allowed" },
        { [.. Good, ("Uri", "")], "Uri is missing" },
        { [("Uri", "https://keystone.example")], "has no credentials" },
        { [.. Good, ("ApplicationCredentialSecret", "")], "half of its credentials" },
        { [.. Good, ("Password", "s3cr3t")], "two kinds of credentials" },
        { [Good[0], ("UserName", "vbs"), ("Password", "s3cr3t")], "half of its credentials" },
        { [Good[0], ("UserName", "vbs"), ("ProjectName", "service")], "half of its credentials" },
        { [Good[0], ("UserName", "vbs"), ("Password", "s3cr3t"), ("ProjectName", "service"), ("DomainName", "")], "half of its credentials" },
        { [.. Good, ("TimeoutSeconds", "0")], "TimeoutSeconds is 0: it must be from 1 to 60" },
        { [.. Good, ("CacheSeconds", "3601")], "CacheSeconds is 3601: it must be from 0 to 3600" },
        { [.. Good, ("RefusalCacheSeconds", "61")], "RefusalCacheSeconds is 61: it must be from 0 to 60" },
        { [.. Good, ("CacheEntries", "99")], "CacheEntries is 99: it must be from 100 to 1000000" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_setting_is_refused_by_its_key_and_no_secret_is_repeated((string, string?)[] settings, string said)
    {
        var error = Assert.Single(Errors(settings));

        Assert.StartsWith("Vbs:Keystone", error, StringComparison.Ordinal);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData(null)]
    public async Task A_service_that_could_admit_nobody_does_not_start_outside_development(string? environment)
    {
        await using var host = AHost.With(environment, Storage);

        var error = Assert.Throws<OptionsValidationException>(() => host.GetServices<IHostedService>().ToList());

        Assert.StartsWith("Vbs:Keystone:Uri is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_development_a_static_token_is_known_without_asking_and_every_other_is_Keystones()
    {
        await using var keystone = new AKeystone();
        await using var host = AHost.With(
            "Development",
            log: null,
            keystone.Time,
            [Storage, .. StaticToken, .. Named([.. Good, ("Uri", keystone.Peer.Uri)])]);
        var check = host.GetRequiredService<CheckToken>();

        Assert.Equal("alice", (await check("demo", TestContext.Current.CancellationToken)).Caller?.UserId);
        Assert.Empty(keystone.Peer.Requests);
        Assert.Equal(Testing.KeystoneReplies.User, (await check("other", TestContext.Current.CancellationToken)).Caller?.UserId);
    }

    [Fact]
    public async Task The_probe_asks_without_a_token_and_throws_when_Keystone_does_not_answer()
    {
        await using var keystone = new AKeystone();
        var probe = keystone.Host.GetServices<Probe>().Single(probe => probe.Name == "Keystone");
        keystone.Peer.Show = _ => Task.FromResult<string?>(Testing.FakeKeystone.Reply(200, """{"version":{"id":"v3.14"}}"""));

        await probe.AskAsync(TestContext.Current.CancellationToken);
        var asked = Assert.Single(keystone.Peer.Requests);
        Assert.Equal(("/v3", false), (asked.Path, asked.Headers.ContainsKey("X-Auth-Token")));
        await keystone.Peer.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => probe.AskAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_Keystone_the_probe_has_nothing_to_ask()
    {
        await using var host = AHost.With("Development", Storage);

        await host.GetServices<Probe>().Single(probe => probe.Name == "Keystone").AskAsync(TestContext.Current.CancellationToken);
    }

    private static IReadOnlyList<string> Errors((string, string?)[] settings) => AHost.Errors("Production", [Storage, .. Named(settings)]);

    // The last of two values goes.
    private static IEnumerable<(string, string?)> Named((string Key, string? Value)[] settings) =>
        settings.GroupBy(setting => setting.Key).Select(group => (Section + group.Key, group.Last().Value));
}

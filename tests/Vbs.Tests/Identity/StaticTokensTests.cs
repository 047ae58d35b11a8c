using Microsoft.Extensions.DependencyInjection;
using Vbs.Identity;
using Vbs.Tests.Configuration;
using Vbs.Tests.Restores;

namespace Vbs.Tests.Identity;

public sealed class StaticTokensTests
{
    private const string First = "Vbs:Identity:StaticTokens:0:";
    private const string Second = "Vbs:Identity:StaticTokens:1:";
    private const string Project = "5751d8c3f2f6415993ee4326b41630ec";

    private static readonly (string, string?)[] Emulator = [("Vbs:Storage:ConnectionString", "UseDevelopmentStorage=true")];

    private static readonly (string, string?)[] Good =
        [.. Emulator, (First + "Token", "demo"), (First + "ProjectId", Project), (First + "UserId", "alice"), (First + "Roles", "reader")];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("demo")]
    [InlineData(" demo\t\r\n")]
    public async Task A_known_token_says_who_calls(string token)
    {
        var answer = await CheckAsync(token, Good);

        Assert.True(answer.IsValid);
        Assert.Equal((Records.Project, "alice"), (answer.Caller.ProjectId, answer.Caller.UserId));
        Assert.True(answer.Caller.MayRead);
        Assert.False(answer.Caller.MayRestore);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("Demo")]
    [InlineData("demo2")]
    [InlineData("de mo")]
    public async Task Any_other_token_is_unauthorized(string? token) =>
        Assert.Equal(TokenVerdict.Unauthorized, (await CheckAsync(token, Good)).Verdict);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public async Task Without_static_tokens_every_token_is_unauthorized(string? token) =>
        Assert.Equal(TokenAnswer.Unauthorized, await CheckAsync(token, Emulator));

    [Fact]
    public async Task Each_token_stands_for_its_own_caller()
    {
        var answer = await CheckAsync(
            "other", [.. Good, (Second + "Token", "other"), (Second + "ProjectId", "ab"), (Second + "UserId", "bob"), (Second + "Roles", "member")]);

        Assert.Equal("bob", answer.Caller?.UserId);
    }

    [Fact]
    public async Task Roles_may_be_a_list_with_commas()
    {
        var answer = await CheckAsync("demo", [.. Without("Roles"), (First + "Roles", " reader , Member,")]);

        Assert.True(answer.Caller?.MayRestore);
    }

    [Fact]
    public async Task Roles_may_be_an_array()
    {
        var answer = await CheckAsync("demo", [.. Without("Roles"), (First + "Roles:0", "x"), (First + "Roles:1", "admin")]);

        Assert.True(answer.Caller?.MayRestore);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    [InlineData(null)]
    public void Static_tokens_are_refused_outside_development(string? environment) =>
        Assert.Contains("for development only", Assert.Single(AHost.Errors(environment, Good)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Production")]
    [InlineData(null)]
    public void Without_static_tokens_any_environment_will_do(string? environment) => Assert.Empty(AHost.Errors(environment, Emulator));

    [Theory]
    [InlineData("Token", " ", "is empty")]
    [InlineData("ProjectId", "", "is ''")]
    [InlineData("ProjectId", "DEMO", "is 'DEMO'")]
    [InlineData("UserId", "", "is empty")]
    [InlineData("Roles", " , ", "is empty")]
    public void A_wrong_setting_is_refused_by_its_key(string key, string value, string said)
    {
        var error = Assert.Single(AHost.Errors("Development", [.. Without(key), (First + key, value)]));

        Assert.StartsWith($"{First}{key} {said}", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_given_twice_is_refused_and_not_repeated()
    {
        var error = Assert.Single(AHost.Errors(
            "Development",
            [.. Good, (Second + "Token", " demo "), (Second + "ProjectId", "ab"), (Second + "UserId", "bob"), (Second + "Roles", "member")]));

        Assert.StartsWith(Second + "Token is there twice", error, StringComparison.Ordinal);
        Assert.DoesNotContain("demo", error, StringComparison.Ordinal);
    }

    private static IEnumerable<(string, string?)> Without(string key) => Good.Where(setting => setting.Item1 != First + key);

    private static async Task<TokenAnswer> CheckAsync(string? token, (string, string?)[] settings)
    {
        await using var host = AHost.With("Development", settings);
        return await host.GetRequiredService<CheckToken>()(token, Stop);
    }
}

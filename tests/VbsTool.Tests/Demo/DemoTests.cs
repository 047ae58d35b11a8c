using Testing;

namespace VbsTool.Demo;

public sealed class DemoTests(AzuriteFixture azurite)
{
    private readonly ToolRun run = new(azurite);
    private readonly CancellationToken cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_catalog_gets_a_chain_and_a_disk_and_the_commands_to_type()
    {
        run.Settings["VBS_BASE_URL"] = "http://127.0.0.1:9999/";

        var text = await run.SucceedAsync("demo");

        var newest = (await ExpectedRestore.ReadAsync(DemoSeed.Folder, cancellationToken))[^1];
        Assert.Contains($"http://127.0.0.1:9999/v2/{ToolRun.Project}/backups/{newest.BackupId}/restore", text, StringComparison.Ordinal);
        Assert.Contains("'X-Auth-Token: it'\\''s a token'", text, StringComparison.Ordinal);
        Assert.Contains($"volume hash {DemoSeed.VolumeId}", text, StringComparison.Ordinal);
        Assert.Contains(newest.Sha256, text, StringComparison.Ordinal);
        await using var services = run.Services();
        Assert.NotNull(await services.Catalog.FindBackupAsync(ToolRun.Project, newest.BackupId, cancellationToken));
        Assert.NotNull(await services.Catalog.FindVolumeAsync(ToolRun.Project, DemoSeed.VolumeId, cancellationToken));
    }

    [Fact]
    public async Task A_second_time_says_the_same()
    {
        var first = await run.SucceedAsync("demo");
        await run.SucceedAsync("volume", "create", "--project", "abc", "--size", "1");

        Assert.Equal(first, await run.SucceedAsync("demo"));
    }

    [Fact]
    public async Task A_seeding_that_was_interrupted_is_finished()
    {
        await run.SucceedAsync("import", DemoSeed.Folder);

        await run.SucceedAsync("demo");

        await using var services = run.Services();
        Assert.NotNull(await services.Catalog.FindVolumeAsync(ToolRun.Project, DemoSeed.VolumeId, cancellationToken));
    }

    [Fact]
    public async Task A_catalog_with_other_things_is_left_alone_in_one_line()
    {
        await run.SucceedAsync("volume", "create", "--project", "abc", "--size", "1");

        var text = await run.SucceedAsync("demo");

        Assert.Single(text.TrimEnd().Split('\n'));
        Assert.False(await run.Backups.ExistsAsync(cancellationToken));
    }

    [Fact]
    public async Task Without_a_static_token_there_is_no_demo()
    {
        run.Settings.Remove("Vbs:Identity:StaticTokens:0:Token");

        Assert.Contains("Vbs:Identity:StaticTokens:0:Token", await run.FailAsync("demo"), StringComparison.Ordinal);
    }
}

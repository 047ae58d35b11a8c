using RealClients.Harness;

namespace RealClients;

/// <summary>python-cinderclient.</summary>
public sealed class CinderClientTests(Cloud cloud)
{
    private const long GiB = 1L << 30;
    private static readonly RealBackup Backup = RealBackup.All[1];

    private readonly Client client = new(cloud, Cloud.Member);

    [Fact]
    public async Task It_lists_and_shows_backups()
    {
        cloud.Needed();

        var list = PrettyTable.Read((await client.CinderAsync("backup-list")).Succeeded());
        var shown = await client.CinderTableAsync("backup-show", Backup.Name);

        Assert.Equal(RealBackup.All.Select(backup => backup.Id).Order(), list.Select(row => row[0]).Order());
        Assert.Equal((Backup.Id, "available", "1", "6"), (shown["id"], shown["status"], shown["size"], shown["object_count"]));
    }

    [Fact]
    public async Task It_creates_a_disk_and_restores_to_it_by_its_name_and_by_its_id()
    {
        cloud.Needed();
        var name = "made-by-cinderclient";

        var id = (await client.CinderTableAsync("create", "--name", name, "1"))["id"];
        Assert.Equal(GiB, await cloud.Disk(id).ContentBytesAsync(TestContext.Current.CancellationToken));

        var first = await client.CinderTableAsync("backup-restore", "--volume", name, Backup.Name);
        Assert.Equal((Backup.Id, id, name), (first["backup_id"], first["volume_id"], first["volume_name"]));
        await cloud.ExpectRestoredAsync(Backup, id);

        var next = RealBackup.All[2];
        var second = await client.CinderTableAsync("backup-restore", "--volume", id, next.Id);
        Assert.Equal((next.Id, id), (second["backup_id"], second["volume_id"]));
        await cloud.ExpectRestoredAsync(next, id);
    }

    [Fact]
    public async Task It_restores_to_a_new_disk()
    {
        cloud.Needed();

        var restore = await client.CinderTableAsync("backup-restore", Backup.Id);

        Assert.Equal((Backup.Id, $"restore_backup_{Backup.Id}"), (restore["backup_id"], restore["volume_name"]));
        await cloud.ExpectRestoredAsync(Backup, restore["volume_id"]);
    }

    // For a /v2 endpoint too this client wants to be told a version 3.x, and the project's id in the URL.
    [Fact]
    public async Task It_restores_through_a_v2_endpoint()
    {
        cloud.Needed();
        var id = await cloud.NewVolumeAsync();

        var restore = await client.CinderTableAsync(
            "--os-volume-api-version", "3.0", "--os-endpoint", $"{cloud.BaseUrl}/v2/{cloud.DemoId}", "backup-restore", "--volume", id, Backup.Id);

        Assert.Equal((Backup.Id, id), (restore["backup_id"], restore["volume_id"]));
        await cloud.ExpectRestoredAsync(Backup, id);
    }

    [Fact]
    public async Task It_sets_the_status_of_a_backup()
    {
        cloud.Needed();

        (await client.CinderAsync("backup-reset-state", "--state", "error", Backup.Id)).Succeeded();
        Assert.Equal("error", (await client.CinderTableAsync("backup-show", Backup.Id))["status"]);

        (await client.CinderAsync("backup-reset-state", "--state", "available", Backup.Id)).Succeeded();
        Assert.Equal("available", (await client.CinderTableAsync("backup-show", Backup.Id))["status"]);
    }
}

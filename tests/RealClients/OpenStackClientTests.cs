using System.Text.Json.Nodes;
using RealClients.Harness;

namespace RealClients;

/// <summary>python-openstackclient.</summary>
public sealed class OpenStackClientTests(Cloud cloud)
{
    private static readonly RealBackup Backup = RealBackup.All[0];

    private readonly Client client = new(cloud, Cloud.Member);

    [Fact]
    public async Task It_lists_and_shows_backups()
    {
        cloud.Needed();

        var list = (await client.OpenStackJsonAsync("volume", "backup", "list")).AsArray();
        var byName = await client.OpenStackJsonAsync("volume", "backup", "show", Backup.Name);

        Assert.Equal(RealBackup.All.Select(backup => backup.Id).Order(), list.Select(entry => (string)entry!["ID"]!).Order());
        var entry = list.Single(entry => (string?)entry!["ID"] == Backup.Id)!;
        Assert.Equal((Backup.Name, "available", 1), ((string?)entry["Name"], (string?)entry["Status"], (int)entry["Size"]!));
        Assert.Equal(
            (Backup.Id, Backup.Name, "available", 16), ((string?)byName["id"], (string?)byName["name"], (string?)byName["status"], (int)byName["object_count"]!));
    }

    [Fact]
    public async Task It_lists_and_shows_volumes()
    {
        cloud.Needed();
        var id = await cloud.NewVolumeAsync();

        var list = (await client.OpenStackJsonAsync("volume", "list")).AsArray();
        var shown = await client.OpenStackJsonAsync("volume", "show", id);

        var entry = list.Single(entry => (string?)entry!["ID"] == id)!;
        Assert.Equal(("available", 1), ((string?)entry["Status"], (int)entry["Size"]!));
        Assert.Equal((id, "available", 1), ((string?)shown["id"], (string?)shown["status"], (int)shown["size"]!));
    }

    // Version 6.0 asks for --force, and after the 202 it fails at printing the answer, before a real Cinder too: only the effect counts.
    [Fact]
    public async Task It_restores_to_a_disk()
    {
        cloud.Needed();
        var id = await cloud.NewVolumeAsync();

        await client.OpenStackAsync("volume", "backup", "restore", "--force", Backup.Name, id);

        await cloud.ExpectRestoredAsync(Backup, id);
    }

    [Fact]
    public async Task It_restores_to_a_new_disk_of_a_given_name()
    {
        cloud.Needed();

        await client.OpenStackAsync("volume", "backup", "restore", Backup.Id, "made-by-openstackclient");

        JsonNode shown = await client.OpenStackJsonAsync("volume", "show", "made-by-openstackclient");
        await cloud.ExpectRestoredAsync(Backup, (string)shown["id"]!);
    }
}

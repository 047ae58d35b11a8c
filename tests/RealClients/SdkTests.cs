using RealClients.Harness;

namespace RealClients;

/// <summary>openstacksdk.</summary>
public sealed class SdkTests(Cloud cloud)
{
    private static readonly RealBackup Backup = RealBackup.All[2];

    [Theory]
    [InlineData("2")]
    [InlineData("3")]
    public async Task Its_proxy_lists_shows_restores_and_waits(string version)
    {
        cloud.Needed();
        var volumeId = await cloud.NewVolumeAsync();

        var said = await new Client(cloud, Cloud.Member).ScriptAsync("sdk_restore.py", version, Backup.Id, volumeId);

        Assert.Equal($"openstack.block_storage.v{version}._proxy", (string?)said["proxy"]);
        Assert.Equal(RealBackup.All.Select(backup => backup.Id).Order(), said["backups"]!.AsArray().Select(id => (string)id!).Order());
        Assert.Contains(volumeId, said["volumes"]!.AsArray().Select(id => (string)id!));
        Assert.Equal((Backup.Name, "available", "available"), ((string?)said["name"], (string?)said["backup_status"], (string?)said["volume_status"]));
        Assert.StartsWith($"{cloud.BaseUrl}/v{version}/{cloud.DemoId}/", (string?)said["url"], StringComparison.Ordinal);
        await cloud.ExpectRestoredAsync(Backup, volumeId);
    }
}

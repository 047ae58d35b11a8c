using System.Text.Json.Nodes;
using RealClients.Harness;

namespace RealClients;

/// <summary>Records of backups, which move a backup from one cloud to another.</summary>
public sealed class RecordTests(Cloud cloud)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_real_Cinder_exports_is_imported_by_cinderclient_and_restored()
    {
        cloud.Needed();
        var client = new Client(cloud, Cloud.Importer);
        var records = (await client.ScriptAsync("encode_records.py", Path.Combine(RealBackup.Folder, "records.json"))).AsArray();

        foreach (var record in records)
        {
            var imported = await client.CinderTableAsync("backup-import", (string)record!["service"]!, (string)record["url"]!);
            Assert.Equal((string?)record["id"], imported["id"]);
        }

        var last = RealBackup.All[^1];
        var restore = await client.CinderTableAsync("backup-restore", last.Id);
        await cloud.ExpectRestoredAsync(last, restore["volume_id"], Cloud.Importer, cloud.ArchiveId);
    }

    [Fact]
    public async Task What_cinderclient_exports_a_real_Cinder_reads()
    {
        cloud.Needed();
        var client = new Client(cloud, Cloud.Member);
        var backup = RealBackup.All[1];

        var exported = await client.CinderTableAsync("backup-export", backup.Id);
        var decoded = await client.ScriptAsync("decode_record.py", exported["backup_url"]);

        var record = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(RealBackup.Folder, "records.json"), Stop))!.AsArray()
            .Single(record => (string?)record!["id"] == backup.Id)!;
        Assert.Equal((string?)record["service"], exported["backup_service"]);
        string[] same = ["id", "volume_id", "parent_id", "container", "size", "service_metadata", "object_count", "display_name"];
        Assert.All(same, name => Assert.True(JsonNode.DeepEquals(record[name], decoded[name]), $"{name}: {decoded[name]}"));
    }
}

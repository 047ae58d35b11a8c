using System.Text;
using System.Text.Json.Nodes;
using Vbs.Backups;
using Vbs.Restores;
using Vbs.Restores.Planning;

namespace Vbs.Tests.Backups.Format;

public sealed class BackupMetadataTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zlib")]
    [InlineData("bz2")]
    [InlineData("zstd")]
    [InlineData("none")]
    public async Task What_Cinder_wrote_is_read(string compression)
    {
        var folder = new CinderFolder(compression);
        foreach (var record in folder.Records)
        {
            await using var json = new MemoryStream(Encoding.UTF8.GetBytes(folder.Read(ObjectNames.Metadata(record))));

            var objects = await BackupMetadata.ReadAsync(json, record, 1, Stop);

            Assert.Equal(record.ObjectCount, objects.Count);
            Assert.Equal(Enumerable.Range(1, objects.Count), objects.Select(item => item.Number));
        }
    }

    [Fact]
    public async Task It_reads_the_same_however_the_bytes_arrive()
    {
        var folder = new CinderFolder("zlib");
        var bytes = Encoding.UTF8.GetBytes(folder.Read(ObjectNames.Metadata(folder.Records[0])));
        await using var whole = new MemoryStream(bytes);
        await using var trickle = new TrickleStream(bytes);

        var expected = await BackupMetadata.ReadAsync(whole, folder.Records[0], 1, Stop);
        var actual = await BackupMetadata.ReadAsync(trickle, folder.Records[0], 1, bufferBytes: 16, Stop);

        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task Every_field_is_read()
    {
        var backup = ABackup.Of().With(512, new byte[1024], "zlib");

        var read = Assert.Single(await ReadAsync(backup));

        Assert.Equal(new ByteRange(512, 1024), read.Range);
        Assert.Equal(Compression.Zlib, read.Compression);
        Assert.Equal((string)backup.Fields(1)["md5"]!, read.Md5.ToString("x32", null));
    }

    [Fact]
    public async Task The_order_of_keys_and_unknown_keys_do_not_matter()
    {
        var backup = ABackup.Of().With(0, new byte[512]);
        var metadata = new JsonObject(backup.Metadata.Reverse().Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())))
        {
            ["volume_meta"] = JsonNode.Parse("""{"objects": [{"offset": [1, {"length": null}]}]}"""),
            ["extra_metadata"] = JsonNode.Parse("""[[{"version": "2"}], "objects"]"""),
        };
        metadata["objects"]![0]!.AsObject().Single().Value!["acl"] = JsonNode.Parse("""{"length": [7]}""");
        await using var json = ABackup.Stream(metadata);

        Assert.Single(await BackupMetadata.ReadAsync(json, backup.Record, 1, Stop));
    }

    [Fact]
    public async Task Objects_come_back_by_offset()
    {
        var backup = ABackup.Of().With(1024, new byte[512]).With(0, new byte[1024]);

        Assert.Equal([2, 1], (await ReadAsync(backup)).Select(item => item.Number));
    }

    [Fact]
    public async Task A_backup_without_objects_is_one() => Assert.Empty(await ReadAsync(ABackup.Of()));

    [Theory]
    [InlineData("none", Compression.None)]
    [InlineData("OFF", Compression.None)]
    [InlineData("no", Compression.None)]
    [InlineData("gzip", Compression.Zlib)]
    [InlineData("bzip2", Compression.Bz2)]
    [InlineData("ZSTD", Compression.Zstd)]
    public async Task Every_name_Cinder_has_for_a_compression_is_known(string name, Compression compression)
    {
        var backup = ABackup.Of().With(0, new byte[512]);
        backup.Fields(1)["compression"] = name;

        Assert.Equal(compression, Assert.Single(await ReadAsync(backup)).Compression);
    }

    [Fact]
    public async Task A_key_longer_than_the_buffer_is_read()
    {
        var backup = ABackup.Of().With(0, new byte[512]);
        backup.Metadata["volume_meta"] = new string('x', 100_000);
        await using var json = ABackup.Stream(backup.Metadata);

        Assert.Single(await BackupMetadata.ReadAsync(json, backup.Record, 1, bufferBytes: 16, Stop));
    }

    [Fact]
    public async Task A_value_without_end_is_refused_before_it_fills_the_memory()
    {
        var backup = ABackup.Of();
        backup.Metadata["volume_meta"] = new string('x', JsonTokens.MaxTokenBytes * 3);

        Assert.Contains($"has a value longer than {JsonTokens.MaxTokenBytes} bytes", await ReasonAsync(backup.Metadata.ToJsonString(), backup.Record), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<BackupObject>> ReadAsync(ABackup backup)
    {
        await using var json = ABackup.Stream(backup.Metadata);
        return await BackupMetadata.ReadAsync(json, backup.Record, 1, Stop);
    }

    private static async Task<string> ReasonAsync(string metadata, Backup record)
    {
        await using var json = new MemoryStream(Encoding.UTF8.GetBytes(metadata));
        var refused = await Assert.ThrowsAsync<RestoreFaultException>(() => BackupMetadata.ReadAsync(json, record, 1, Stop));
        return refused.Fault.Reason;
    }
}

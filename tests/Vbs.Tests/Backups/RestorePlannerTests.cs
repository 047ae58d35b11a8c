using System.Security.Cryptography;
using Testing;
using Vbs.Backups;
using Vbs.Restores.Planning;

namespace Vbs.Tests.Backups;

public sealed class RestorePlannerTests(AzuriteFixture azurite)
{
    private readonly PlannerRun run = new(azurite);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zlib")]
    [InlineData("bz2")]
    [InlineData("zstd")]
    [InlineData("none")]
    public async Task Every_backup_that_Cinder_made_comes_back_whole(string compression)
    {
        var folder = new CinderFolder(compression);
        await folder.UploadAsync(run.Backups);
        foreach (var expected in folder.Restores)
        {
            var newest = folder.Records.Single(record => record.Id == expected.Backup);

            var plan = await run.PlanAsync(newest, folder.Find);
            var disk = await run.RestoreAsync(plan);

            Assert.Equal(expected.ContentBytes, plan.BytesTotal);
            Assert.Equal(expected.ContentBytes, plan.ContentBytes);
            Assert.Equal(32768, plan.BlockBytes);
            Assert.Equal(expected.Sha256, Convert.ToHexStringLower(SHA256.HashData(disk)));
        }
    }

    [Fact]
    public async Task Superseded_bytes_are_not_fetched()
    {
        var full = ABackup.Of().With(0, ABackup.Bytes(1024, 1)).With(1024, ABackup.Bytes(1024, 2)).With(2048, ABackup.Bytes(1024, 3));
        var newest = ABackup.Of(full).With(512, ABackup.Bytes(1536, 4)).WithDigests(new byte[3072]);
        await UploadAsync(full, newest);

        await run.PlanAsync(newest.Record, Find(full));
        var segment = await run.Plans.ReadSegmentAsync(run.Id, 0, Stop);

        Assert.Equal(
            [(Name(full, 1), new ByteRange(0, 512)), (Name(newest, 1), new ByteRange(512, 1536)), (Name(full, 3), new ByteRange(2048, 1024))],
            segment.Objects.Select(item => (item.Chunk.BlobName, Assert.Single(item.Live))));
    }

    [Fact]
    public async Task An_object_with_a_hole_keeps_both_sides()
    {
        var full = ABackup.Of().With(0, ABackup.Bytes(2048));
        var newest = ABackup.Of(full).With(512, ABackup.Bytes(512, 2)).WithDigests(new byte[2048]);
        await UploadAsync(full, newest);

        await run.PlanAsync(newest.Record, Find(full));
        var segment = await run.Plans.ReadSegmentAsync(run.Id, 0, Stop);

        Assert.Equal([new ByteRange(0, 512), new ByteRange(1024, 1024)], segment.Objects[0].Live);
    }

    [Fact]
    public async Task A_live_range_off_the_digests_blocks_is_left_to_the_MD5()
    {
        var full = ABackup.Of().With(0, ABackup.Bytes(1024)).With(1024, ABackup.Bytes(1024));
        var newest = ABackup.Of(full).With(1536, ABackup.Bytes(512, 2)).WithDigests(new byte[2048], blockBytes: 1024);
        await UploadAsync(full, newest);

        await run.PlanAsync(newest.Record, Find(full));
        var segment = await run.Plans.ReadSegmentAsync(run.Id, 0, Stop);

        Assert.Equal([true, false, false], segment.Objects.Select(item => item.ByDigest));
    }

    [Fact]
    public async Task Every_field_of_the_plan_survives_its_blob()
    {
        var full = ABackup.Of().With(0, ABackup.Bytes(4096), "zstd").WithDigests(ABackup.Bytes(4096));
        await UploadAsync(full);

        var plan = await run.PlanAsync(full.Record, Find());
        var segment = await run.Plans.ReadSegmentAsync(run.Id, 0, Stop);

        var part = Assert.Single(segment.Objects);
        var stored = ABackup.Compress(ABackup.Bytes(4096), "zstd").Length;
        Assert.Equal(new RestorePlan(1, 4096, 512, 4096), plan);
        Assert.Equal(new ChunkObject(Name(full, 1), new ByteRange(0, 4096), Compression.Zstd, (string)full.Fields(1)["md5"]!, stored), part.Chunk);
        Assert.Equal([new ByteRange(0, 4096)], part.Live);
        Assert.True(part.ByDigest);
    }

    [Fact]
    public async Task Planning_again_writes_the_same()
    {
        var folder = new CinderFolder("none");
        await folder.UploadAsync(run.Backups);
        await run.PlanAsync(folder.Records[1], folder.Find);
        var first = await run.BlobsAsync();

        await run.PlanAsync(folder.Records[1], folder.Find);

        Assert.Equal(first, await run.BlobsAsync());
    }

    [Theory]
    [InlineData("a b/%2e%2e/c")]
    [InlineData("a?b#c&d=e")]
    [InlineData("~a/b.c/..d/e..")]
    public async Task A_container_may_have_any_printable_name(string container)
    {
        var content = ABackup.Bytes(1024);
        var backup = ABackup.Of().But(record => record with { Container = container }).With(0, content).WithDigests(content);
        await UploadAsync(backup);

        var plan = await run.PlanAsync(backup.Record, Find());

        Assert.Equal(content, await run.RestoreAsync(plan));
    }

    [Fact]
    public async Task A_sha256_file_of_a_smaller_volume_leaves_the_rest_to_the_MD5()
    {
        var content = ABackup.Bytes(4096);
        var full = ABackup.Of().With(0, content[..1024]).With(1024, content[1024..]);
        var newest = ABackup.Of(full).With(0, content[..512]).WithDigests(content[..2048], blockBytes: 512);
        await UploadAsync(full, newest);

        var plan = await run.PlanAsync(newest.Record, Find(full));
        var segment = await run.Plans.ReadSegmentAsync(run.Id, 0, Stop);

        Assert.Equal(1536, plan.ContentBytes);
        Assert.Equal(4096, plan.BytesTotal);
        Assert.Equal([true, true, false], segment.Objects.Select(item => item.ByDigest));
    }

    [Fact]
    public async Task A_backup_without_objects_makes_an_empty_plan()
    {
        var empty = ABackup.Of().WithDigests([]);
        await UploadAsync(empty);

        Assert.Equal(new RestorePlan(0, 0, 512, 0), await run.PlanAsync(empty.Record, Find()));
    }

    [Fact]
    public async Task A_plan_has_as_many_segments_as_its_objects_need()
    {
        var many = ABackup.Of();
        var content = ABackup.Bytes((Segmentation.MaxObjects + 3) * 512);
        foreach (var (index, piece) in content.Chunk(512).Index())
        {
            many.With(index * 512, piece);
        }

        await UploadAsync(many.WithDigests(content));

        var plan = await run.PlanAsync(many.Record, Find());

        var last = await run.Plans.ReadSegmentAsync(run.Id, 1, Stop);

        Assert.Equal(2, plan.SegmentCount);
        Assert.Equal([Name(many, 1001), Name(many, 1002), Name(many, 1003)], last.Objects.Select(item => item.Chunk.BlobName));
    }

    private static string Name(ABackup backup, int number) => ObjectNames.Chunk(backup.Record, number);

    private static FindBackup Find(params ABackup[] backups) =>
        (id, _) => Task.FromResult(backups.Select(backup => backup.Record).SingleOrDefault(record => record.Id == id));

    private async Task UploadAsync(params ABackup[] backups)
    {
        foreach (var backup in backups)
        {
            await backup.UploadAsync(run.Backups);
        }
    }
}

using Azure.Storage.Blobs.Models;
using Testing;
using Vbs.Restores.Planning;
using Vbs.Volumes;

namespace Vbs.Tests.Volumes;

public sealed class VolumeStoreTests(AzuriteFixture azurite)
{
    private const long GiB = 1L << 30;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(VolumeStore.MaxSizeGiB)]
    public async Task A_volume_is_its_content_and_a_footer_and_takes_a_footers_space(int sizeGiB)
    {
        var volume = await new AVolume(azurite).CreatedAsync(sizeGiB, Stop);
        var properties = (await volume.Blob.GetPropertiesAsync(cancellationToken: Stop)).Value;
        Assert.Equal(BlobType.Page, properties.BlobType);
        Assert.Equal(sizeGiB * GiB + 512, properties.ContentLength);
        var footer = await volume.Blob.DownloadContentAsync(new BlobDownloadOptions { Range = new(sizeGiB * GiB, 512) }, Stop);
        Assert.Equal(VhdFooter.For(volume.Id, sizeGiB * GiB), footer.Value.Content.ToArray());
        Assert.Empty(await volume.Store.GetDataRangesAsync(volume.Project, volume.Id, Stop).ToListAsync(Stop));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(VolumeStore.MaxSizeGiB + 1)]
    public async Task No_page_blob_holds_another_size(int sizeGiB) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => new AVolume(azurite).CreatedAsync(sizeGiB, Stop));

    [Fact]
    public async Task Creating_again_changes_nothing_not_even_under_a_lease()
    {
        var volume = await new AVolume(azurite).CreatedAsync(1, Stop);
        var target = volume.Open(AVolume.NewRestore());
        Assert.Null(await target.AcquireAsync(1, Stop));
        await target.WriteAsync(512, Bytes(512), Stop);
        var before = (await volume.Blob.GetPropertiesAsync(cancellationToken: Stop)).Value.ETag;
        await volume.CreatedAsync(1, Stop);
        Assert.Equal(before, (await volume.Blob.GetPropertiesAsync(cancellationToken: Stop)).Value.ETag);
        Assert.Equal(Bytes(512), await volume.ReadAsync(512, 512, Stop));
    }

    [Fact]
    public async Task A_creation_that_died_before_the_footer_is_completed()
    {
        var volume = new AVolume(azurite);
        await volume.Container.CreateAsync(cancellationToken: Stop);
        await volume.Blob.CreateAsync(GiB + 512, cancellationToken: Stop);
        await volume.CreatedAsync(1, Stop);
        var footer = await volume.Blob.DownloadContentAsync(new BlobDownloadOptions { Range = new(GiB, 512) }, Stop);
        Assert.Equal(VhdFooter.For(volume.Id, GiB), footer.Value.Content.ToArray());
    }

    [Fact]
    public async Task A_volume_of_another_size_is_left_alone()
    {
        var volume = await new AVolume(azurite).CreatedAsync(2, Stop);
        await Assert.ThrowsAsync<InvalidOperationException>(() => volume.CreatedAsync(1, Stop));
        Assert.Equal(2 * GiB + 512, (await volume.Blob.GetPropertiesAsync(cancellationToken: Stop)).Value.ContentLength);
    }

    [Fact]
    public async Task Two_creations_at_once_both_succeed()
    {
        var volume = new AVolume(azurite);
        await Task.WhenAll(volume.CreatedAsync(1, Stop), volume.CreatedAsync(1, Stop));
        Assert.Equal(GiB + 512, (await volume.Blob.GetPropertiesAsync(cancellationToken: Stop)).Value.ContentLength);
    }

    [Fact]
    public async Task Written_ranges_are_listed_and_cleared_ones_are_not()
    {
        var volume = await new AVolume(azurite).CreatedAsync(64, Stop);
        var target = volume.Open(AVolume.NewRestore());
        Assert.Null(await target.AcquireAsync(64, Stop));
        await target.WriteAsync(4096, Bytes(8192), Stop);
        await target.WriteAsync(64 * GiB - 1024, Bytes(1024), Stop);
        await target.ClearAsync(new ByteRange(8192, GiB), Stop);
        Assert.Equal(
            [new ByteRange(4096, 4096), new ByteRange(64 * GiB - 1024, 1024)],
            await volume.Store.GetDataRangesAsync(volume.Project, volume.Id, Stop).ToListAsync(Stop));
    }

    [Fact]
    public async Task A_deleted_volume_is_gone_with_its_snapshots_and_a_repeat_does_no_harm()
    {
        var volume = await new AVolume(azurite).CreatedAsync(1, Stop);
        await volume.Blob.CreateSnapshotAsync(cancellationToken: Stop);

        Assert.True(await volume.Store.TryDeleteAsync(volume.Project, volume.Id, Stop));
        Assert.True(await volume.Store.TryDeleteAsync(volume.Project, volume.Id, Stop));

        Assert.False(await volume.Blob.ExistsAsync(Stop));
    }

    [Fact]
    public async Task A_leased_volume_is_not_deleted()
    {
        var volume = await new AVolume(azurite).CreatedAsync(1, Stop);
        Assert.False(await volume.Store.IsLeasedAsync(volume.Project, volume.Id, Stop));
        var target = volume.Open(AVolume.NewRestore());
        Assert.Null(await target.AcquireAsync(1, Stop));

        Assert.True(await volume.Store.IsLeasedAsync(volume.Project, volume.Id, Stop));
        Assert.False(await volume.Store.TryDeleteAsync(volume.Project, volume.Id, Stop));
        Assert.True(await volume.Blob.ExistsAsync(Stop));

        await target.ReleaseAsync(Stop);
        Assert.True(await volume.Store.TryDeleteAsync(volume.Project, volume.Id, Stop));
        Assert.False(await volume.Store.IsLeasedAsync(volume.Project, volume.Id, Stop));
    }

    [Fact]
    public async Task There_is_nothing_to_read_of_a_volume_that_does_not_exist()
    {
        var volume = new AVolume(azurite);
        await Assert.ThrowsAsync<FileNotFoundException>(() => volume.ReadAsync(0, 1, Stop));
        await Assert.ThrowsAsync<FileNotFoundException>(async () =>
            await volume.Store.GetDataRangesAsync(volume.Project, volume.Id, Stop).ToListAsync(Stop));
    }

    private static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i % 251 + 1))];
}

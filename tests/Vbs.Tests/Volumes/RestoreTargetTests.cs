using Azure.Storage.Blobs.Specialized;
using Testing;
using Vbs.Restores;
using Vbs.Restores.Planning;

namespace Vbs.Tests.Volumes;

public sealed class RestoreTargetTests(AzuriteFixture azurite)
{
    private const long GiB = 1L << 30;
    private static readonly byte[] Page = [.. Enumerable.Repeat((byte)7, 512)];
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_is_read_and_what_is_cleared_reads_as_zeros()
    {
        var (volume, target) = await AcquiredAsync();
        var bytes = new byte[4 << 20];
        bytes.AsSpan().Fill(9);
        await target.WriteAsync(1 << 20, bytes, Stop);
        await target.ClearAsync(new ByteRange((1 << 20) + 512, GiB - (1 << 20) - 512), Stop);
        byte[] expected = [.. bytes[..512], .. new byte[512]];
        Assert.Equal(expected, await volume.ReadAsync(1 << 20, 1024, Stop));
    }

    [Fact]
    public async Task A_slice_of_a_bigger_buffer_is_written_as_the_slice()
    {
        var (volume, target) = await AcquiredAsync();
        byte[] buffer = [.. new byte[512], .. Page, .. new byte[512]];
        await target.WriteAsync(0, buffer.AsMemory(512, 512), Stop);
        Assert.Equal(Page, await volume.ReadAsync(0, 512, Stop));
    }

    [Fact]
    public async Task Acquiring_again_for_the_same_restore_succeeds()
    {
        var restore = AVolume.NewRestore();
        var (volume, _) = await AcquiredAsync(restore);
        Assert.Null(await volume.Open(restore).AcquireAsync(1, Stop));
    }

    [Fact]
    public async Task A_volume_leased_by_somebody_else_is_in_use()
    {
        var (volume, _) = await AcquiredAsync();
        var second = volume.Open(AVolume.NewRestore());
        Assert.Equal("VolumeBackup.0205", (await second.AcquireAsync(1, Stop))?.Code);
    }

    [Fact]
    public async Task A_volume_that_does_not_exist_is_not_found()
    {
        var target = new AVolume(azurite).Open(AVolume.NewRestore());
        Assert.Equal("VolumeBackup.0111", (await target.AcquireAsync(1, Stop))?.Code);
        var fault = await Assert.ThrowsAsync<RestoreFaultException>(() => target.WriteAsync(0, Page, Stop));
        Assert.Equal("VolumeBackup.0111", fault.Fault.Code);
    }

    [Fact]
    public async Task A_volume_of_another_size_cannot_be_restored_to_and_is_not_leased()
    {
        var volume = await new AVolume(azurite).CreatedAsync(1, Stop);
        Assert.Equal("VolumeBackup.0200", (await volume.Open(AVolume.NewRestore()).AcquireAsync(2, Stop))?.Code);
        Assert.Null(await volume.Open(AVolume.NewRestore()).AcquireAsync(1, Stop));
    }

    [Fact]
    public async Task A_blob_of_another_kind_cannot_be_restored_to()
    {
        var volume = new AVolume(azurite);
        await volume.Container.CreateAsync(cancellationToken: Stop);
        await volume.Container.UploadBlobAsync(volume.Blob.Name, BinaryData.FromBytes(Page), Stop);
        Assert.Equal("VolumeBackup.0200", (await volume.Open(AVolume.NewRestore()).AcquireAsync(1, Stop))?.Code);
    }

    [Fact]
    public async Task A_restore_that_released_its_lease_writes_no_more_even_when_nobody_holds_it()
    {
        var (volume, target) = await AcquiredAsync();
        await target.ReleaseAsync(Stop);
        await AssertFencedAsync(volume, target);
    }

    [Fact]
    public async Task A_restore_writes_no_more_when_another_holds_the_lease()
    {
        var (volume, zombie) = await AcquiredAsync();
        await zombie.ReleaseAsync(Stop);
        var second = volume.Open(AVolume.NewRestore());
        Assert.Null(await second.AcquireAsync(1, Stop));
        await AssertFencedAsync(volume, zombie);
        await second.WriteAsync(0, Page, Stop);
        Assert.Equal(Page, await volume.ReadAsync(0, 512, Stop));
    }

    [Fact]
    public async Task A_restore_writes_no_more_when_its_lease_was_broken()
    {
        var (volume, target) = await AcquiredAsync();
        await volume.Blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: Stop);
        await AssertFencedAsync(volume, target);
    }

    [Fact]
    public async Task Releasing_is_safe_to_repeat_and_gives_back_only_ones_own()
    {
        var (volume, first) = await AcquiredAsync();
        await volume.Open(AVolume.NewRestore()).ReleaseAsync(Stop);
        await first.WriteAsync(0, Page, Stop);
        await first.ReleaseAsync(Stop);
        await first.ReleaseAsync(Stop);
        await new AVolume(azurite).Open(AVolume.NewRestore()).ReleaseAsync(Stop);
        Assert.Null(await volume.Open(AVolume.NewRestore()).AcquireAsync(1, Stop));
    }

    [Theory]
    [InlineData(GiB, 512)]
    [InlineData(GiB - 512, 1024)]
    [InlineData(-512, 512)]
    [InlineData(1, 512)]
    [InlineData(0, 511)]
    [InlineData(0, 0)]
    [InlineData(0, (4 << 20) + 512)]
    public async Task A_write_that_is_not_of_whole_pages_of_the_content_is_refused(long offset, int length)
    {
        var (_, target) = await AcquiredAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => target.WriteAsync(offset, new byte[length], Stop));
    }

    [Theory]
    [InlineData(GiB, 512)]
    [InlineData(0, GiB + 512)]
    [InlineData(512, long.MaxValue - 511)]
    [InlineData(256, 512)]
    public async Task A_clear_that_is_not_of_whole_pages_of_the_content_is_refused(long offset, long length)
    {
        var (_, target) = await AcquiredAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => target.ClearAsync(new ByteRange(offset, length), Stop));
    }

    [Fact]
    public async Task A_volume_is_fresh_until_something_is_written_to_it()
    {
        var (_, target) = await AcquiredAsync();
        Assert.True(await target.IsFreshAsync(Stop));
        await target.WriteAsync(GiB - 512, Page, Stop);
        Assert.False(await target.IsFreshAsync(Stop));
        await target.ClearAsync(new ByteRange(0, GiB), Stop);
        Assert.True(await target.IsFreshAsync(Stop));
    }

    [Fact]
    public async Task Whether_a_volume_is_fresh_is_told_under_its_lease_only()
    {
        var (volume, _) = await AcquiredAsync();
        var other = await Assert.ThrowsAsync<global::Azure.RequestFailedException>(() => volume.Open(AVolume.NewRestore()).IsFreshAsync(Stop));
        Assert.Equal(412, other.Status);
    }

    private static async Task AssertFencedAsync(AVolume volume, Vbs.Volumes.RestoreTarget target)
    {
        var before = await volume.ReadAsync(0, 512, Stop);
        Assert.Contains("lease", (await Assert.ThrowsAsync<RestoreFaultException>(() => target.WriteAsync(0, Page, Stop))).Fault.Reason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RestoreFaultException>(() => target.ClearAsync(new ByteRange(0, 512), Stop));
        Assert.Equal(before, await volume.ReadAsync(0, 512, Stop));
    }

    private async Task<(AVolume Volume, Vbs.Volumes.RestoreTarget Target)> AcquiredAsync(RestoreId? restore = null)
    {
        var volume = await new AVolume(azurite).CreatedAsync(1, Stop);
        var target = volume.Open(restore ?? AVolume.NewRestore());
        Assert.Null(await target.AcquireAsync(1, Stop));
        return (volume, target);
    }
}

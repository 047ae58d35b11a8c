using Azure;
using Testing;
using Vbs.Restores.Planning;

namespace Vbs.Tests.Volumes;

public sealed class VolumeContentStreamTests(AzuriteFixture azurite)
{
    private const int MiB = 1 << 20;
    private const int DataBytes = 22 * MiB;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reading_on_gives_the_content_in_order()
    {
        var (volume, data) = await WrittenAsync();
        var read = await volume.ReadAsync(0, DataBytes, Stop);
        Assert.True(data.AsSpan().SequenceEqual(read));
    }

    [Fact]
    public async Task Jumping_about_gives_the_content_of_the_place()
    {
        var (volume, data) = await WrittenAsync();
        await using var content = await volume.Store.OpenReadAsync(volume.Project, volume.Id, Stop);
        var bytes = new byte[MiB];
        foreach (var at in (int[])[21, 0, 1, 8, 7, 3, 20, 4])
        {
            content.Seek(at * MiB, SeekOrigin.Begin);
            await content.ReadExactlyAsync(bytes, Stop);
            Assert.True(data.AsSpan(at * MiB, MiB).SequenceEqual(bytes), $"At {at} MiB.");
        }
    }

    [Fact]
    public async Task It_ends_before_the_footer()
    {
        var (volume, _) = await WrittenAsync();
        await using var content = await volume.Store.OpenReadAsync(volume.Project, volume.Id, Stop);
        Assert.Equal(1L << 30, content.Length);
        content.Seek(-512, SeekOrigin.End);
        Assert.Equal(512, await content.ReadAtLeastAsync(new byte[1024], 1024, throwOnEndOfStream: false, Stop));
        Assert.Equal(0, await content.ReadAsync(new byte[1], Stop));
    }

    [Fact]
    public async Task A_volume_that_changes_while_it_is_read_is_not_read_on()
    {
        var (volume, _) = await WrittenAsync();
        await using var content = await volume.Store.OpenReadAsync(volume.Project, volume.Id, Stop);
        await content.ReadExactlyAsync(new byte[MiB], Stop);
        var target = volume.Open(AVolume.NewRestore());
        Assert.Null(await target.AcquireAsync(1, Stop));
        await target.ClearAsync(new ByteRange(0, 512), Stop);
        content.Position = 512 * MiB;
        var changed = await Assert.ThrowsAsync<RequestFailedException>(() => content.ReadExactlyAsync(new byte[MiB], Stop).AsTask());
        Assert.Equal(412, changed.Status);
    }

    private async Task<(AVolume Volume, byte[] Data)> WrittenAsync()
    {
        var volume = await new AVolume(azurite).CreatedAsync(1, Stop);
        var restore = AVolume.NewRestore();
        var target = volume.Open(restore);
        Assert.Null(await target.AcquireAsync(1, Stop));
        var data = new byte[DataBytes];
        new Random(7).NextBytes(data);
        for (var at = 0; at < DataBytes; at += 2 * MiB)
        {
            await target.WriteAsync(at, data.AsMemory(at, 2 * MiB), Stop);
        }

        await target.ReleaseAsync(Stop);
        return (volume, data);
    }
}

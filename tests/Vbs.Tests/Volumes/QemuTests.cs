using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Testing;
using Vbs.Volumes;

namespace Vbs.Tests.Volumes;

/// <summary>A reader of VHDs that is not ours: qemu-img (Debian: qemu-utils).</summary>
public sealed class QemuTests(AzuriteFixture azurite)
{
    private const long GiB = 1L << 30;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(127)]
    [InlineData(2040)] // The longest VHD that qemu opens.
    public async Task Qemu_sees_the_exact_size(int sizeGiB)
    {
        await using var disk = new Disk();
        await using (var file = File.OpenWrite(disk.Vhd))
        {
            file.SetLength(sizeGiB * GiB);
            file.Position = sizeGiB * GiB;
            await file.WriteAsync(VhdFooter.For(new AVolume(azurite).Id, sizeGiB * GiB), Stop);
        }

        using var info = JsonDocument.Parse(await QemuAsync("info", "-f", "vpc", "--output", "json", disk.Vhd));
        Assert.Equal(sizeGiB * GiB, info.RootElement.GetProperty("virtual-size").GetInt64());
    }

    [Fact]
    public async Task Qemu_converts_a_volumes_blob_to_its_content()
    {
        var volume = await new AVolume(azurite).CreatedAsync(1, Stop);
        var target = volume.Open(AVolume.NewRestore());
        Assert.Null(await target.AcquireAsync(1, Stop));
        var data = new byte[1 << 20];
        new Random(3).NextBytes(data);
        await target.WriteAsync(5 << 20, data, Stop);
        await target.WriteAsync(GiB - data.Length, data, Stop);

        await using var disk = new Disk();
        await volume.Blob.DownloadToAsync(disk.Vhd, Stop);
        await QemuAsync("convert", "-f", "vpc", "-O", "raw", disk.Vhd, disk.Raw);
        await using var raw = File.OpenRead(disk.Raw);
        Assert.Equal(GiB, raw.Length);
        foreach (var at in (long[])[5 << 20, GiB - data.Length])
        {
            var read = new byte[data.Length];
            raw.Position = at;
            await raw.ReadExactlyAsync(read, Stop);
            Assert.Equal(data, read);
        }
    }

    private static async Task<string> QemuAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("qemu-img", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync(Stop);
            var output = await process.StandardOutput.ReadToEndAsync(Stop);
            await process.WaitForExitAsync(Stop);
            Assert.True(process.ExitCode == 0, await error);
            return output;
        }
        catch (Win32Exception)
        {
            Assert.Skip("qemu-img is not on the PATH (Debian and Ubuntu: apt-get install qemu-utils).");
            throw;
        }
    }

    private sealed class Disk : IAsyncDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vhd-");

        public string Vhd => Path.Combine(folder.FullName, "disk.vhd");

        public string Raw => Path.Combine(folder.FullName, "disk.raw");

        public ValueTask DisposeAsync()
        {
            folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}

using EndToEnd.Harness;

namespace EndToEnd.RealBackups;

/// <summary>Restores one backup of one folder, and looks at everything a client and the storage show of it.</summary>
internal sealed class RealBackup(Installation installation, string folder, int index)
{
    private const long MiB = 1 << 20;
    private const byte Old = 0xFF;

    // How far past the content the disk is watched, beside its last MiB.
    private const long Beyond = 4 * MiB;

    private readonly ExpectedRestore expected = ExpectedRestore.Of(folder)[index];
    private readonly CancellationToken cancellationToken = TestContext.Current.CancellationToken;

    /// <summary>The backups of a folder, by their place in the chain.</summary>
    public static TheoryData<int> IndexesOf(string folder) => [.. Enumerable.Range(0, ExpectedRestore.Of(folder).Count)];

    /// <summary>Restores to a disk made a moment ago.</summary>
    public async Task RestoreToFreshDiskAsync(int sizeGiB)
    {
        var disk = await RestoreAsync(sizeGiB, static _ => Task.CompletedTask);

        await ExpectFillAsync(disk, 0);
    }

    /// <summary>Restores to a disk that the service makes.</summary>
    public async Task RestoreToNewDiskAsync()
    {
        var project = installation.Project;
        await installation.ImportOnceAsync(folder);

        var (job, volumeId) = await project.Api.RestoreToNewDiskAsync(expected.BackupId, cancellationToken);

        Assert.True(job.Status == "SUCCESS", job.ToString());
        Assert.Equal("available", await project.Api.VolumeStatusAsync(volumeId, cancellationToken));
        var disk = project.Disk(volumeId);
        Assert.Equal(1024 * MiB, await disk.ContentBytesAsync(cancellationToken));
        var footer = await disk.ReadFooterAsync(cancellationToken);
        Assert.Equal("conectix"u8, footer.AsSpan(0, 8));
        Assert.Equal(expected.Sha256, await disk.HashAsync(expected.ContentBytes, cancellationToken));
        await ExpectFillAsync(disk, 0);
    }

    /// <summary>Restores to a disk that holds something else.</summary>
    public async Task RestoreToFullDiskAsync()
    {
        var disk = await RestoreAsync(1, async disk =>
        {
            await disk.FillAsync(Old, 0, expected.ContentBytes + Beyond, cancellationToken);
            await disk.FillAsync(Old, await disk.ContentBytesAsync(cancellationToken) - MiB, MiB, cancellationToken);
        });

        await ExpectFillAsync(disk, Old);
    }

    private async Task<Disk> RestoreAsync(int sizeGiB, Func<Disk, Task> prepare)
    {
        var project = installation.Project;
        await installation.ImportOnceAsync(folder);
        var volumeId = (await project.Tool.CreateVolumesAsync(sizeGiB, 1, cancellationToken)).Single();
        var disk = project.Disk(volumeId);
        await prepare(disk);
        var footer = await disk.ReadFooterAsync(cancellationToken);

        var job = await project.Api.RestoreAsync(expected.BackupId, volumeId, cancellationToken);

        Assert.True(job.Status == "SUCCESS", job.ToString());
        Assert.Equal("100", job.Progress);
        Assert.Equal("available", await project.Api.BackupStatusAsync(expected.BackupId, cancellationToken));
        Assert.Equal("available", await project.Api.VolumeStatusAsync(volumeId, cancellationToken));
        Assert.Equal(sizeGiB * 1024 * MiB, await disk.ContentBytesAsync(cancellationToken));
        Assert.Equal("conectix"u8, footer.AsSpan(0, 8));
        Assert.Equal(footer, await disk.ReadFooterAsync(cancellationToken));
        Assert.Equal(expected.Sha256, await disk.HashAsync(expected.ContentBytes, cancellationToken));
        return disk;
    }

    private async Task ExpectFillAsync(Disk disk, byte value)
    {
        var behind = await disk.ReadAsync(expected.ContentBytes, Beyond, cancellationToken);
        var last = await disk.ReadAsync(await disk.ContentBytesAsync(cancellationToken) - MiB, MiB, cancellationToken);

        Assert.Equal(-1, behind.AsSpan().IndexOfAnyExcept(value));
        Assert.Equal(-1, last.AsSpan().IndexOfAnyExcept(value));
    }
}

using EndToEnd.Harness;

namespace EndToEnd;

public sealed class CancelledRestoreTests(Installation installation)
{
    private const int MiB = 1 << 20;
    private const int ContentBytes = 256 * MiB;

    private readonly CancellationToken cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cancelled_restore_writes_no_more_and_the_next_makes_the_disk_whole()
    {
        var project = installation.Project;
        var backup = await ImportAsync(project);
        var volumeId = (await project.Tool.CreateVolumesAsync(1, 1, cancellationToken)).Single();
        var disk = project.Disk(volumeId);
        var empty = await disk.WrittenBytesAsync(cancellationToken);
        var job = await project.Api.AcceptRestoreAsync(backup.Id, volumeId, cancellationToken);
        while (await disk.WrittenBytesAsync(cancellationToken) == empty)
        {
            // Each look is a request: there is nothing to wait for but the next.
        }

        await project.Api.ResetStatusAsync("backup", backup.Id, "available", cancellationToken);

        var content = await disk.HashAsync(ContentBytes, cancellationToken);
        var end = await project.Api.GetJobAsync(job, cancellationToken);
        Assert.Equal(("FAIL", "VolumeBackup.0200"), (end.Status, end.ErrorCode));
        Assert.Matches("^The restore was cancelled: request req-[0-9a-f-]{36} reset the status of its backup to available\\.$", end.FailReason!);
        Assert.Equal("available", await project.Api.BackupStatusAsync(backup.Id, cancellationToken));
        Assert.Equal("error", await project.Api.VolumeStatusAsync(volumeId, cancellationToken));
        Assert.NotEqual(backup.Sha256, content);

        await project.Api.ResetStatusAsync("volume", volumeId, "available", cancellationToken);
        var next = await project.Api.RestoreAsync(backup.Id, volumeId, cancellationToken);
        Assert.True(next.Status == "SUCCESS", next.ToString());
        Assert.Equal(backup.Sha256, await disk.HashAsync(ContentBytes, cancellationToken));
    }

    [Fact]
    public async Task Its_work_winds_down_by_itself_without_a_write()
    {
        var project = installation.Project;
        var backup = await ImportAsync(project);
        var volumeId = (await project.Tool.CreateVolumesAsync(1, 1, cancellationToken)).Single();
        var disk = project.Disk(volumeId);
        var job = await project.Api.AcceptRestoreAsync(backup.Id, volumeId, cancellationToken);
        while (!await project.HasPlanAsync(job, cancellationToken))
        {
            // As above.
        }

        await project.Api.ResetStatusAsync("backup", backup.Id, "error", cancellationToken);

        var content = await disk.HashAsync(ContentBytes, cancellationToken);
        while (await project.HasPlanAsync(job, cancellationToken))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }

        Assert.Equal(content, await disk.HashAsync(ContentBytes, cancellationToken));
        Assert.Equal("FAIL", (await project.Api.GetJobAsync(job, cancellationToken)).Status);
        Assert.Equal("error", await project.Api.BackupStatusAsync(backup.Id, cancellationToken));
        Assert.Equal("error", await project.Api.VolumeStatusAsync(volumeId, cancellationToken));
    }

    private async Task<SyntheticBackup> ImportAsync(Project project)
    {
        var backup = new SyntheticBackup(new SyntheticContent(SyntheticContent.Random(ContentBytes, seed: 9), 4 * MiB, isCompressed: false));
        using var folder = new TemporaryFolder();
        await SyntheticBackup.WriteAsync(folder.Path, [backup], cancellationToken);
        await project.Tool.ImportAsync(folder.Path, cancellationToken);
        return backup;
    }
}

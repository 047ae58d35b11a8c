using EndToEnd.Harness;
using Testing;

namespace EndToEnd;

public sealed class KilledServiceTests
{
    private const int MiB = 1 << 20;
    private const int ContentBytes = 64 * MiB;

    // A quarter of the content is zeros, which take no pages.
    private const long PageBytes = ContentBytes * 3L / 4;

    // From the acceptance on, each a twentieth of the pages later.
    private const int Moments = 20;

    private readonly CancellationToken cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restore_ends_well_however_often_the_service_dies_meanwhile()
    {
        Assert.SkipWhen(ServiceAccess.Elsewhere() is not null, "The service runs elsewhere: it is not ours to kill.");
        Assert.SkipWhen(Programs.Service is null, "No service runs by itself in this configuration.");
        await using var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        await using var service = new ServiceProcess(azurite.ConnectionString);
        await service.StartAsync(cancellationToken);
        using var project = new Project(service.Access);
        var backup = await ImportAsync(project);
        var volumes = await project.Tool.CreateVolumesAsync(1, Moments, cancellationToken);

        var inTheMiddle = 0;
        for (var moment = 0; moment < Moments; moment++)
        {
            var disk = project.Disk(volumes[moment]);
            var empty = await disk.WrittenBytesAsync(cancellationToken);
            var job = await project.Api.AcceptRestoreAsync(backup.Id, volumes[moment], cancellationToken);
            await WaitForAsync(project, disk, job, empty + (PageBytes * moment / Moments));
            await service.KillAsync();
            inTheMiddle += await disk.WrittenBytesAsync(cancellationToken) < empty + PageBytes ? 1 : 0;

            await service.StartAsync(cancellationToken);
            var end = await project.Api.WaitForEndAsync(job, cancellationToken);

            Assert.True(end.Status == "SUCCESS", $"Killed at moment {moment}: {end}");
            Assert.Equal(backup.Sha256, await disk.HashAsync(ContentBytes, cancellationToken));
            Assert.Equal("available", await project.Api.BackupStatusAsync(backup.Id, cancellationToken));
            Assert.Equal("available", await project.Api.VolumeStatusAsync(volumes[moment], cancellationToken));
        }

        Assert.True(inTheMiddle >= Moments / 2, $"Only {inTheMiddle} of the {Moments} kills met an unfinished restore.");
    }

    private async Task WaitForAsync(Project project, Disk disk, Uri job, long writtenBytes)
    {
        while (await disk.WrittenBytesAsync(cancellationToken) < writtenBytes
            && !(await project.Api.GetJobAsync(job, cancellationToken)).HasEnded)
        {
            // Each look is two requests: there is nothing to wait for but the next.
        }
    }

    private async Task<SyntheticBackup> ImportAsync(Project project)
    {
        var backup = new SyntheticBackup(new SyntheticContent(SyntheticContent.Random(ContentBytes, seed: 5), 4 * MiB, isCompressed: true));
        using var folder = new TemporaryFolder();
        await SyntheticBackup.WriteAsync(folder.Path, [backup], cancellationToken);
        await project.Tool.ImportAsync(folder.Path, cancellationToken);
        return backup;
    }
}

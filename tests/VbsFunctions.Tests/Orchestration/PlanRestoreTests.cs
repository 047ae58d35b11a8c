using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Testing;
using Vbs.Backups;
using Vbs.Catalog;
using Vbs.Configuration;
using Vbs.Restores;
using Vbs.Volumes;
using VbsFunctions.Orchestration;

namespace VbsFunctions.Tests.Orchestration;

/// <summary>The backup has no objects, so that a plan which gets as far as looking for them ends with <see cref="NoObjects"/>.</summary>
public sealed class PlanRestoreTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string NoObjects = "VolumeBackup.0111";
    private const string InUse = "VolumeBackup.0205";
    private const long BlobBytes = (1L << 30) + 512;

    private static readonly ProjectId Project = ProjectId.Parse("5751d8c3f2f6415993ee4326b41630ec");
    private static readonly BackupId Backup = BackupId.Parse("8c2a7e0a-6f0f-4d5c-9d38-3f7f2f2f0b01");

    private readonly TableClient table = azurite.Tables.GetTableClient(AzuriteFixture.UniqueName("plan"));
    private readonly BlobContainerClient container = azurite.Blobs.GetBlobContainerClient(AzuriteFixture.UniqueName("plan"));
    private int ids;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CatalogTable Catalog => new(table, TimeProvider.System, () => new Guid(++ids, 0, 0, new byte[8]), NullLogger<CatalogTable>.Instance);

    private VolumeStore Volumes => new(container);

    private StatusResets Resets => new(table, TimeProvider.System, NullLogger<StatusResets>.Instance);

    public async ValueTask InitializeAsync()
    {
        await Catalog.EnsureCreatedAsync(Stop);
        await container.CreateIfNotExistsAsync(cancellationToken: Stop);
        await Catalog.TryAddAsync(
            new Backup
            {
                ProjectId = Project,
                Id = Backup,
                VolumeId = new VolumeId(Backup.Value),
                Status = BackupStatus.Available,
                SizeGiB = 1,
                Container = "c",
                ObjectPrefix = $"volume_x_backup_{Backup}",
                CreatedAt = DateTimeOffset.UnixEpoch,
            },
            Stop);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_blob_of_a_new_volume_is_made_whole_also_after_a_death_half_way(bool isHalfMade)
    {
        var restore = await AcceptAsync(volumeId: null);
        if (isHalfMade)
        {
            await container.GetPageBlobClientOf(restore).CreateAsync(BlobBytes, cancellationToken: Stop);
        }

        Assert.Equal(NoObjects, await PlanAsync(restore));
        Assert.Equal(NoObjects, await PlanAsync(restore));

        var blob = (await container.GetPageBlobClientOf(restore).DownloadContentAsync(new BlobDownloadOptions { Range = new(1L << 30, 512) }, Stop)).Value;
        Assert.Equal("conectix"u8, blob.Content.ToMemory().Span[..8]);
        Assert.Equal(BlobBytes, (await container.GetPageBlobClientOf(restore).GetPropertiesAsync(cancellationToken: Stop)).Value.ContentLength);
    }

    [Fact]
    public async Task A_lease_that_a_cancelled_restore_died_with_does_not_stop_the_next()
    {
        var dead = await AcceptAsync(volumeId: null);
        await PlanAsync(dead);
        await Resets.ResetBackupAsync(Project, Backup, BackupStatus.Available, true, "req-1", Stop);
        await Resets.ResetVolumeAsync(Project, dead.VolumeId, VolumeStatus.Available, true, Stop);
        var next = await AcceptAsync(dead.VolumeId);

        Assert.Equal(NoObjects, await PlanAsync(next));

        var zombie = Volumes.Open(Project, dead.VolumeId, dead.Id);
        await Assert.ThrowsAsync<RestoreFaultException>(() => zombie.WriteAsync(0, new byte[512], Stop));
        await Volumes.Open(Project, dead.VolumeId, next.Id).WriteAsync(0, new byte[512], Stop);
    }

    [Fact]
    public async Task A_lease_of_somebody_else_is_respected()
    {
        var first = await AcceptAsync(volumeId: null);
        await PlanAsync(first);
        await Resets.ResetBackupAsync(Project, Backup, BackupStatus.Available, true, "req-1", Stop);
        await Resets.ResetVolumeAsync(Project, first.VolumeId, VolumeStatus.Available, true, Stop);
        await Volumes.Open(Project, first.VolumeId, first.Id).ReleaseAsync(Stop);
        var somebody = Volumes.Open(Project, first.VolumeId, new RestoreId(Backup.Value));
        await somebody.AcquireAsync(1, Stop);
        var next = await AcceptAsync(first.VolumeId);

        Assert.Equal(InUse, await PlanAsync(next));

        await somebody.WriteAsync(0, new byte[512], Stop);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_after_a_cancel_takes_nothing_and_leaves_no_blob_of_a_deleted_volume(bool isDeleted)
    {
        var restore = await AcceptAsync(volumeId: null);
        await PlanAsync(restore);
        await Resets.ResetBackupAsync(Project, Backup, BackupStatus.Available, true, "req-1", Stop);
        if (isDeleted)
        {
            await table.DeleteEntityAsync(Project.ToString(), $"volume|{restore.VolumeId}", cancellationToken: Stop);
        }

        Assert.Null(await PlanAsync(restore));

        var blob = container.GetPageBlobClientOf(restore);
        Assert.Equal(!isDeleted, (await blob.ExistsAsync(Stop)).Value);
        if (!isDeleted)
        {
            Assert.Equal(LeaseState.Available, (await blob.GetPropertiesAsync(cancellationToken: Stop)).Value.LeaseState);
        }
    }

    private async Task<Restore> AcceptAsync(VolumeId? volumeId)
    {
        var request = new RestoreRequest(Project, Backup, volumeId, MayRestore: true, "user", "req-0");
        return (await Catalog.AcceptAsync(request, (_, _, _) => Task.CompletedTask, Stop)).Restore!;
    }

    // The code of the fault; null for an outcome without.
    private async Task<string?> PlanAsync(Restore restore)
    {
        var plans = new PlanStore(container);
        var plan = new PlanRestore(Catalog, Volumes, plans, new RestorePlanner(container, plans), Options.Create(new RestoreOptions()));
        return (await plan.RunAsync(new RestoreInput(Project, restore.Id), Stop)).Fault?.Code;
    }
}

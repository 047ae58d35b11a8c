using Microsoft.Extensions.Logging.Abstractions;
using Testing;
using Vbs.Catalog;
using Vbs.Restores;
using Vbs.Tests.Restores;

namespace Vbs.Tests.Catalog;

public sealed class AcceptNewVolumeTests(AzuriteFixture azurite)
{
    private const int AcceptRequests = 3;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "restore_backup_00000001-000b-4000-8000-000000000001")]
    [InlineData("", "restore_backup_00000001-000b-4000-8000-000000000001")]
    [InlineData("mine", "mine")]
    public async Task The_volume_is_made_as_large_as_the_backup_and_held_by_the_restore(string? asked, string name)
    {
        var catalog = await WithABackupAsync();

        var outcome = await catalog.Table.AcceptAsync(ACatalog.RequestNew(asked), catalog.StartAsync, Stop);

        Assert.True(outcome.IsAccepted);
        var volume = await catalog.VolumeAsync(outcome.Restore.VolumeId);
        Assert.Equal(
            (VolumeStatus.RestoringBackup, 10, name, "auto-created_from_restore_from_backup", outcome.Restore.Id, true),
            (volume!.Status, volume.SizeGiB, volume.Name, volume.Description, volume.RestoreId!.Value, volume.IsNew));
        Assert.Equal(name, outcome.Restore.VolumeName);
        Assert.Equal(1, await catalog.CountAsync("volume-by-age|"));
        Assert.Equal([outcome.Restore.Id], catalog.Started);
    }

    [Fact]
    public async Task It_costs_a_read_an_intent_and_a_transaction()
    {
        var catalog = await WithABackupAsync();
        var watch = new RequestWatch();

        await catalog.Process(watch).AcceptAsync(ACatalog.RequestNew(), catalog.StartAsync, Stop);

        Assert.Equal(["GET backup", "PUT intent", "POST transaction"], watch.Requests);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Death_before_the_transaction_means_that_there_is_no_volume(int requests)
    {
        var catalog = await DeadAfterAsync(requests);

        await SweepAsync(catalog);

        Assert.Empty(catalog.Started);
        Assert.Equal(0, await catalog.CountAsync("volume") + await catalog.CountAsync("intent") + await catalog.CountAsync("restore|"));
        Assert.Equal(BackupStatus.Available, (await catalog.BackupAsync()).Status);
    }

    [Fact]
    public async Task Death_after_the_transaction_means_that_the_sweep_starts_the_restore_of_the_volume()
    {
        var catalog = await DeadAfterAsync(AcceptRequests);

        await SweepAsync(catalog);

        var restore = await catalog.RestoreAsync(Assert.Single(catalog.Started));
        Assert.Equal(restore!.Id, (await catalog.VolumeAsync(restore.VolumeId))?.RestoreId);
    }

    [Fact]
    public async Task It_stays_new_until_a_restore_has_succeeded()
    {
        var catalog = await WithABackupAsync();
        var restore = (await catalog.Table.AcceptAsync(ACatalog.RequestNew(), catalog.StartAsync, Stop)).Restore!;
        await catalog.Table.TryFailAsync(Records.Project, restore.Id, RestoreFault.Data("Why not."), VolumeStatus.ErrorRestoring, Stop);

        var failed = await catalog.VolumeAsync(restore.VolumeId);
        Assert.Equal((VolumeStatus.ErrorRestoring, true, restore.Id), (failed!.Status, failed.IsNew, failed.LastRestoreId!.Value));

        await new StatusResets(catalog.Rows, catalog.Time, NullLogger<StatusResets>.Instance).ResetVolumeAsync(Records.Project, failed.Id, VolumeStatus.Available, true, Stop);
        var second = (await catalog.Table.AcceptAsync(ACatalog.Request() with { VolumeId = failed.Id }, catalog.StartAsync, Stop)).Restore!;
        await catalog.Table.TryBeginAsync(Records.Project, second.Id, Stop);
        await catalog.Table.TryCompleteAsync(Records.Project, second.Id, Stop);

        var whole = await catalog.VolumeAsync(failed.Id);
        Assert.Equal((VolumeStatus.Available, false, second.Id), (whole!.Status, whole.IsNew, whole.LastRestoreId!.Value));
    }

    [Fact]
    public async Task A_backup_larger_than_any_volume_is_refused()
    {
        var catalog = await ACatalog.CreateAsync(azurite);
        await catalog.Table.TryAddAsync(Records.Backup(sizeGiB: Volume.MaxSizeGiB + 1), Stop);

        var outcome = await catalog.Table.AcceptAsync(ACatalog.RequestNew(), catalog.StartAsync, Stop);

        Assert.Equal(RefusalKind.Invalid, outcome.Refusal?.Kind);
        Assert.Equal(0, await catalog.CountAsync("volume"));
    }

    private static async Task SweepAsync(ACatalog catalog)
    {
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        await catalog.Table.SweepAsync((_, _) => Task.FromResult(false), catalog.StartAsync, Stop);
    }

    private async Task<ACatalog> WithABackupAsync()
    {
        var catalog = await ACatalog.CreateAsync(azurite);
        await catalog.Table.TryAddAsync(Records.Backup(), Stop);
        return catalog;
    }

    private async Task<ACatalog> DeadAfterAsync(int requests)
    {
        var catalog = await WithABackupAsync();
        var process = catalog.Process(new RequestWatch(dieAfter: requests));
        await Assert.ThrowsAsync<RequestWatch.ProcessDiedException>(() => process.AcceptAsync(ACatalog.RequestNew(), catalog.StartAsync, Stop));
        return catalog;
    }
}

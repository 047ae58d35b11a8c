using Microsoft.Extensions.Logging.Abstractions;
using Testing;
using Vbs.Catalog;
using Vbs.Restores;
using Vbs.Tests.Restores;

namespace Vbs.Tests.Catalog;

public sealed class StatusResetsTests(AzuriteFixture azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, BackupStatus.Available)]
    [InlineData(true, BackupStatus.Available)]
    [InlineData(true, BackupStatus.Error)]
    public async Task A_reset_of_a_backup_that_is_being_restored_ends_the_restore(bool hasBegun, BackupStatus status)
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = hasBegun ? await catalog.BeginAsync() : await catalog.AcceptAsync();

        var outcome = await ResetBackupAsync(catalog, status);

        Assert.Equal(restore.Id, outcome.Cancelled?.Id);
        var ended = await catalog.RestoreAsync(restore.Id);
        Assert.Equal((RestoreStatus.Failed, catalog.Time.GetUtcNow()), (ended!.Status, ended.EndedAt!.Value));
        Assert.Equal(
            RestoreFault.Data($"The restore was cancelled: request req-9 reset the status of its backup to {status.Name()}."), ended.Fault);
        var (backup, volume) = (await catalog.BackupAsync(), await catalog.VolumeAsync());
        Assert.Equal((status, null), (backup.Status, backup.RestoreId));
        Assert.Equal((VolumeStatus.Error, null, restore.Id), (volume.Status, volume.RestoreId, volume.LastRestoreId!.Value));
        Assert.Equal(0, await catalog.CountAsync("intent"));
    }

    [Fact]
    public async Task The_late_steps_of_a_cancelled_restore_change_nothing_of_the_next()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var cancelled = await catalog.BeginAsync();
        await ResetBackupAsync(catalog, BackupStatus.Available);
        await ResetVolumeAsync(catalog, VolumeStatus.Available);
        var next = await catalog.BeginAsync();

        Assert.Null(await catalog.Table.TryBeginAsync(Records.Project, cancelled.Id, Stop));
        Assert.False(await catalog.Table.TryCompleteAsync(Records.Project, cancelled.Id, Stop));
        await catalog.Table.TryFailAsync(Records.Project, cancelled.Id, RestoreFault.Data("Late."), VolumeStatus.ErrorRestoring, Stop);

        Assert.Equal(RestoreStatus.Running, (await catalog.RestoreAsync(next.Id))?.Status);
        await catalog.AssertHeldAsync(next.Id);
        Assert.True(await catalog.Table.TryCompleteAsync(Records.Project, next.Id, Stop));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task A_death_anywhere_in_a_cancel_leaves_all_of_it_or_nothing(int requests)
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();
        var process = new StatusResets(catalog.Client(new RequestWatch(dieAfter: requests)), catalog.Time, NullLogger<StatusResets>.Instance);
        await Assert.ThrowsAsync<RequestWatch.ProcessDiedException>(
            () => process.ResetBackupAsync(Records.Project, Records.Backup().Id, BackupStatus.Available, true, "req-dead", Stop));

        var isEnded = (await catalog.RestoreAsync(restore.Id))!.Status == RestoreStatus.Failed;
        Assert.Equal(isEnded ? BackupStatus.Available : BackupStatus.Restoring, (await catalog.BackupAsync()).Status);
        Assert.Equal(isEnded ? VolumeStatus.Error : VolumeStatus.RestoringBackup, (await catalog.VolumeAsync()).Status);

        Assert.Null((await ResetBackupAsync(catalog, BackupStatus.Available)).Refusal);
        Assert.Equal((BackupStatus.Available, VolumeStatus.Error), ((await catalog.BackupAsync()).Status, (await catalog.VolumeAsync()).Status));
    }

    [Fact]
    public async Task A_restore_that_succeeds_while_it_is_cancelled_has_succeeded()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();
        var tooLate = RequestHook.OnTransactions(async send =>
        {
            await catalog.Table.TryCompleteAsync(Records.Project, restore.Id, Stop);
            await send();
        });

        var outcome = await new StatusResets(catalog.Client(tooLate), catalog.Time, NullLogger<StatusResets>.Instance).ResetBackupAsync(
            Records.Project, Records.Backup().Id, BackupStatus.Available, true, "req-9", Stop);

        Assert.Equal(new ResetOutcome(), outcome);
        Assert.Equal(RestoreStatus.Succeeded, (await catalog.RestoreAsync(restore.Id))?.Status);
        Assert.Equal(VolumeStatus.Available, (await catalog.VolumeAsync()).Status);
    }

    [Fact]
    public async Task Without_a_restore_only_the_status_changes_and_back()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);

        Assert.Equal(new ResetOutcome(), await ResetBackupAsync(catalog, BackupStatus.Error));
        Assert.Equal(BackupStatus.Error, (await catalog.BackupAsync()).Status);
        Assert.Equal(new ResetOutcome(), await ResetBackupAsync(catalog, BackupStatus.Available));
        Assert.Equal(new ResetOutcome(), await ResetBackupAsync(catalog, BackupStatus.Available));
        Assert.Equal(BackupStatus.Available, (await catalog.BackupAsync()).Status);
    }

    [Fact]
    public async Task A_volume_that_a_restore_holds_is_not_reset()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();

        var outcome = await ResetVolumeAsync(catalog, VolumeStatus.Available);

        Assert.Equal(RefusalKind.Invalid, outcome.Refusal?.Kind);
        await catalog.AssertHeldAsync(restore.Id);
    }

    private static Task<ResetOutcome> ResetBackupAsync(ACatalog catalog, BackupStatus status) =>
        new StatusResets(catalog.Rows, catalog.Time, NullLogger<StatusResets>.Instance).ResetBackupAsync(Records.Project, Records.Backup().Id, status, true, "req-9", Stop);

    private static Task<ResetOutcome> ResetVolumeAsync(ACatalog catalog, VolumeStatus status) =>
        new StatusResets(catalog.Rows, catalog.Time, NullLogger<StatusResets>.Instance).ResetVolumeAsync(Records.Project, Records.Volume().Id, status, true, Stop);
}

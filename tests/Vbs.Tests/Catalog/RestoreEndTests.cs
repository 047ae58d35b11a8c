using Azure.Data.Tables;
using Testing;
using Vbs.Catalog;
using Vbs.Restores;
using Vbs.Tests.Restores;

namespace Vbs.Tests.Catalog;

public sealed class RestoreEndTests(AzuriteFixture azurite)
{
    private static readonly RestoreFault Fault = RestoreFault.Data("Object 3 has the wrong digest.");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_completed_restore_frees_backup_and_volume_and_leaves_no_trace_of_work()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();
        await catalog.Table.SetTotalAsync(Records.Project, restore.Id, 1000, Stop);
        await catalog.Table.ReportProgressAsync(restore.Id, 0, 10, Stop);
        catalog.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.True(await catalog.Table.TryCompleteAsync(Records.Project, restore.Id, Stop));

        var now = catalog.Time.GetUtcNow();
        var expected = restore with { Status = RestoreStatus.Succeeded, EndedAt = now, BytesTotal = 1000, BytesDone = 1000 };
        Assert.Equal(expected, await catalog.RestoreAsync(restore.Id));
        Assert.Equal(Records.Backup() with { UpdatedAt = now }, await catalog.BackupAsync());
        Assert.Equal((VolumeStatus.Available, now), ((await catalog.VolumeAsync()).Status, (await catalog.VolumeAsync()).UpdatedAt));
        Assert.Equal(0, await catalog.CountAsync("intent") + await catalog.CountAsync("progress"));
    }

    [Fact]
    public async Task An_end_is_told_once_however_often_it_is_made()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();
        var told = new List<(RestoreStatus, VolumeStatus)>();
        var process = catalog.Process(watch: CatalogWatch.None with { Ended = (ended, volume) => told.Add((ended.Status, volume)) });

        Assert.True(await process.TryCompleteAsync(Records.Project, restore.Id, Stop));
        Assert.True(await process.TryCompleteAsync(Records.Project, restore.Id, Stop));
        Assert.False(await process.TryFailAsync(Records.Project, restore.Id, Fault, VolumeStatus.Error, Stop));

        Assert.Equal([(RestoreStatus.Succeeded, VolumeStatus.Available)], told);
    }

    [Theory]
    [InlineData(false, null, true)]
    [InlineData(false, "another", true)]
    [InlineData(true, null, false)]
    [InlineData(true, "another", true)]
    public async Task A_volume_notes_the_backup_on_it_unless_it_never_held_anothers(bool ofItself, string? before, bool isNoted)
    {
        const string Note = "src_backup_id";
        var catalog = await ACatalog.CreateAsync(azurite);
        var volume = Records.Volume() with { Metadata = new Dictionary<string, string> { ["owner"] = "me" } };
        var noted = volume with { Metadata = new Dictionary<string, string>(volume.Metadata) { [Note] = before ?? "" } };
        await catalog.Table.TryAddAsync(ofItself ? Records.Backup() with { VolumeId = volume.Id } : Records.Backup(), Stop);
        await catalog.Table.TryAddAsync(before is null ? volume : noted, Stop);
        var restore = await catalog.BeginAsync();

        Assert.True(await catalog.Table.TryCompleteAsync(Records.Project, restore.Id, Stop));

        var metadata = (await catalog.VolumeAsync()).Metadata;
        Assert.Equal(isNoted ? Records.Backup().Id.ToString() : null, metadata.GetValueOrDefault(Note));
        Assert.Equal("me", metadata["owner"]);
    }

    [Theory]
    [InlineData(VolumeStatus.ErrorRestoring)]
    [InlineData(VolumeStatus.Error)]
    public async Task A_failed_restore_frees_the_backup_and_marks_the_volume(VolumeStatus status)
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();
        await catalog.Table.ReportProgressAsync(restore.Id, 1, 10, Stop);

        Assert.True(await catalog.Table.TryFailAsync(Records.Project, restore.Id, Fault, status, Stop));

        var now = catalog.Time.GetUtcNow();
        var expected = restore with { Status = RestoreStatus.Failed, EndedAt = now, BytesDone = 10, Fault = Fault };
        Assert.Equal(expected, await catalog.RestoreAsync(restore.Id));
        Assert.Equal(Records.Backup() with { UpdatedAt = now }, await catalog.BackupAsync());
        Assert.Equal(Records.Volume(status: status) with { UpdatedAt = now, LastRestoreId = restore.Id }, await catalog.VolumeAsync());
        Assert.Equal(0, await catalog.CountAsync("intent") + await catalog.CountAsync("progress"));
    }

    [Fact]
    public async Task A_restore_may_fail_before_it_begins_but_not_succeed()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.AcceptAsync();

        Assert.False(await catalog.Table.TryCompleteAsync(Records.Project, restore.Id, Stop));
        Assert.True(await catalog.Table.TryFailAsync(Records.Project, restore.Id, Fault, VolumeStatus.ErrorRestoring, Stop));
    }

    [Fact]
    public async Task A_repeated_end_counts_as_made_and_the_other_end_does_not()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();
        Assert.True(await catalog.Table.TryCompleteAsync(Records.Project, restore.Id, Stop));
        catalog.Time.Advance(TimeSpan.FromSeconds(1));
        var ended = await catalog.RestoreAsync(restore.Id);

        Assert.True(await catalog.Table.TryCompleteAsync(Records.Project, restore.Id, Stop));
        Assert.False(await catalog.Table.TryFailAsync(Records.Project, restore.Id, Fault, VolumeStatus.ErrorRestoring, Stop));
        Assert.Null(await catalog.Table.TryBeginAsync(Records.Project, restore.Id, Stop));

        Assert.Equal(ended, await catalog.RestoreAsync(restore.Id));
        Assert.Equal(VolumeStatus.Available, (await catalog.VolumeAsync()).Status);
    }

    [Fact]
    public async Task A_reason_longer_than_a_row_takes_does_not_stop_the_end()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();
        var reason = new string('x', 1023) + "\U0001F4A5" + new string('y', 100_000);

        Assert.True(await catalog.Table.TryFailAsync(Records.Project, restore.Id, RestoreFault.Data(reason), VolumeStatus.ErrorRestoring, Stop));

        Assert.Equal(reason[..1023], (await catalog.RestoreAsync(restore.Id))?.Fault?.Reason);
    }

    [Fact]
    public async Task The_first_fault_stays()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();
        await catalog.Table.TryFailAsync(Records.Project, restore.Id, Fault, VolumeStatus.ErrorRestoring, Stop);

        Assert.True(await catalog.Table.TryFailAsync(Records.Project, restore.Id, RestoreFault.Data("Later."), VolumeStatus.Error, Stop));
        Assert.False(await catalog.Table.TryCompleteAsync(Records.Project, restore.Id, Stop));

        Assert.Equal(Fault, (await catalog.RestoreAsync(restore.Id))?.Fault);
        Assert.Equal(VolumeStatus.ErrorRestoring, (await catalog.VolumeAsync()).Status);
    }

    [Fact]
    public async Task A_restore_that_does_not_exist_does_not_end()
    {
        var catalog = await ACatalog.CreateAsync(azurite);
        var id = new RestoreId(Records.Id(0xa, 1));

        Assert.False(await catalog.Table.TryCompleteAsync(Records.Project, id, Stop));
        Assert.False(await catalog.Table.TryFailAsync(Records.Project, id, Fault, VolumeStatus.ErrorRestoring, Stop));
    }

    [Fact]
    public async Task Rows_that_move_in_between_do_not_stop_the_end()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();
        var disturbances = 0;
        var disturbed = RequestHook.OnTransactions(async send =>
        {
            if (disturbances++ < 3)
            {
                await ChangeAsync(catalog, "volume|" + Records.Volume().Id, row => row["Name"] = $"renamed {disturbances}");
            }

            await send();
        });

        Assert.True(await catalog.Process(disturbed).TryCompleteAsync(Records.Project, restore.Id, Stop));

        var volume = await catalog.VolumeAsync();
        Assert.Equal((VolumeStatus.Available, "renamed 3", null), (volume.Status, volume.Name, volume.RestoreId));
    }

    [Fact]
    public async Task Rows_that_another_restore_holds_are_not_touched()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();
        var other = new RestoreId(Records.Id(0xa, 99));
        await ChangeAsync(catalog, "backup|" + Records.Backup().Id, row => row["RestoreId"] = other.ToString());
        await ChangeAsync(catalog, "volume|" + Records.Volume().Id, row => row["RestoreId"] = other.ToString());
        var (backup, volume) = (await catalog.BackupAsync(), await catalog.VolumeAsync());

        Assert.True(await catalog.Table.TryFailAsync(Records.Project, restore.Id, Fault, VolumeStatus.ErrorRestoring, Stop));

        Assert.Equal((backup, volume), (await catalog.BackupAsync(), await catalog.VolumeAsync()));
    }

    [Fact]
    public async Task A_status_that_someone_set_in_between_stays_and_only_the_hold_is_given_up()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();
        await ChangeAsync(catalog, "backup|" + Records.Backup().Id, row => row["Status"] = "error");
        await ChangeAsync(catalog, "volume|" + Records.Volume().Id, row => row["Status"] = "deleting");

        Assert.True(await catalog.Table.TryCompleteAsync(Records.Project, restore.Id, Stop));

        var (backup, volume) = (await catalog.BackupAsync(), await catalog.VolumeAsync());
        Assert.Equal((BackupStatus.Error, null), (backup.Status, backup.RestoreId));
        Assert.Equal((VolumeStatus.Deleting, null), (volume.Status, volume.RestoreId));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task A_death_anywhere_in_the_end_is_healed_by_a_repeat(int requests)
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();
        await catalog.Table.ReportProgressAsync(restore.Id, 0, 10, Stop);
        var process = catalog.Process(new RequestWatch(dieAfter: requests));
        await Assert.ThrowsAsync<RequestWatch.ProcessDiedException>(() => process.TryCompleteAsync(Records.Project, restore.Id, Stop));

        Assert.True(await catalog.Table.TryCompleteAsync(Records.Project, restore.Id, Stop));

        Assert.Equal(RestoreStatus.Succeeded, (await catalog.RestoreAsync(restore.Id))?.Status);
        Assert.Equal((BackupStatus.Available, VolumeStatus.Available), ((await catalog.BackupAsync()).Status, (await catalog.VolumeAsync()).Status));
        Assert.Equal(0, await catalog.CountAsync("intent") + await catalog.CountAsync("progress"));
    }

    private static async Task ChangeAsync(ACatalog catalog, string key, Action<TableEntity> change)
    {
        TableEntity row = await catalog.Rows.GetEntityAsync<TableEntity>(Records.Project.ToString(), key, cancellationToken: Stop);
        change(row);
        await catalog.Rows.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Stop);
    }
}

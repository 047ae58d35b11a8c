using Testing;
using Vbs.Restores;
using Vbs.Tests.Restores;

namespace Vbs.Tests.Catalog;

public sealed class CatalogTableTests(AzuriteFixture azurite)
{
    private static readonly ProjectId Other = ProjectId.Parse("b23b579f08c84228b9b4673c46f0c442");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_comes_back_as_it_was_stored()
    {
        var catalog = await ACatalog.CreateAsync(azurite);
        var backup = Records.Backup(status: BackupStatus.ErrorDeleting) with
        {
            ParentId = Records.Backup(2).Id,
            ObjectCount = 16,
            DependentCount = 3,
            Name = "nightly-0",
            Description = "πλήρες – 完全",
            AvailabilityZone = "nova",
            SnapshotId = "snap",
            FailReason = "it was late",
            UserId = "user",
            UpdatedAt = Records.CreatedAt.AddTicks(1),
            DataTimestamp = Records.CreatedAt.AddTicks(-1),
            RestoreId = new RestoreId(Records.Id(0xa, 9)),
        };

        Assert.True(await catalog.Table.TryAddAsync(backup, Stop));

        Assert.Equal(backup, await catalog.BackupAsync());
    }

    [Fact]
    public async Task A_backup_may_lack_all_that_is_optional()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);

        Assert.Equal(Records.Backup(), await catalog.BackupAsync());
        Assert.Equal(Records.Volume(), await catalog.VolumeAsync());
    }

    [Fact]
    public async Task A_volume_comes_back_as_it_was_stored()
    {
        var catalog = await ACatalog.CreateAsync(azurite);
        var volume = Records.Volume(status: VolumeStatus.InUse) with
        {
            Name = "",
            Description = "δίσκος",
            AvailabilityZone = "nova",
            VolumeType = "SSD",
            UserId = "user",
            UpdatedAt = Records.CreatedAt.AddDays(1),
            RestoreId = new RestoreId(Records.Id(0xa, 9)),
        };

        Assert.True(await catalog.Table.TryAddAsync(volume, Stop));

        Assert.Equal(volume, await catalog.VolumeAsync());
    }

    [Fact]
    public async Task The_metadata_of_a_volume_comes_back_as_it_was_stored()
    {
        var catalog = await ACatalog.CreateAsync(azurite);
        var metadata = new Dictionary<string, string> { ["owner"] = "Zoë \"\\\n", ["empty"] = "", ["a key: of/its own"] = "{}" };

        Assert.True(await catalog.Table.TryAddAsync(Records.Volume() with { Metadata = metadata }, Stop));

        Assert.Equal(metadata, (await catalog.VolumeAsync()).Metadata);
    }

    [Fact]
    public async Task A_taken_id_is_not_added_and_the_first_record_stays()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);

        Assert.False(await catalog.Table.TryAddAsync(Records.Backup() with { Name = "second" }, Stop));
        Assert.False(await catalog.Table.TryAddAsync(Records.Volume() with { Name = "second" }, Stop));

        Assert.Null((await catalog.BackupAsync()).Name);
        Assert.Null((await catalog.VolumeAsync()).Name);
    }

    [Fact]
    public async Task Nothing_is_found_in_another_project()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.AcceptAsync();

        Assert.Null(await catalog.Table.FindBackupAsync(Other, Records.Backup().Id, Stop));
        Assert.Null(await catalog.Table.FindVolumeAsync(Other, Records.Volume().Id, Stop));
        Assert.Null(await catalog.Table.FindRestoreAsync(Other, restore.Id, Stop));
    }

    [Fact]
    public async Task It_is_empty_until_a_project_has_a_row()
    {
        var catalog = await ACatalog.CreateAsync(azurite);
        await catalog.Table.ReportProgressAsync(new RestoreId(Records.Id(0xa, 1)), 0, 1, Stop);
        Assert.True(await catalog.Table.IsEmptyAsync(Stop));

        await catalog.Table.TryAddAsync(Records.Volume(), Stop);

        Assert.False(await catalog.Table.IsEmptyAsync(Stop));
    }

    [Fact]
    public async Task It_is_made_once_and_again_without_harm()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);

        await catalog.Table.EnsureCreatedAsync(Stop);

        Assert.Equal(Records.Backup(), await catalog.BackupAsync());
    }

    [Fact]
    public async Task A_missing_table_is_an_error_and_not_a_lost_race()
    {
        var catalog = await ACatalog.CreateAsync(azurite);
        await catalog.Rows.DeleteAsync(Stop);

        await Assert.ThrowsAnyAsync<Azure.RequestFailedException>(() => catalog.Table.TryAddAsync(Records.Volume(), Stop));
    }
}

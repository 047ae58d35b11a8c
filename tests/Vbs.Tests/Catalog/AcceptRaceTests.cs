using Testing;
using Vbs.Catalog;
using Vbs.Restores;
using Vbs.Tests.Restores;

namespace Vbs.Tests.Catalog;

public sealed class AcceptRaceTests(AzuriteFixture azurite)
{
    private const int Requests = 100;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_hundred_requests_for_one_backup_exactly_one_is_accepted()
    {
        var catalog = await ACatalog.CreateAsync(azurite);
        await catalog.Table.TryAddAsync(Records.Backup(), Stop);
        await EachAsync(number => catalog.Table.TryAddAsync(Records.Volume(number), Stop));

        var outcomes = await EachAsync(number => catalog.Table.AcceptAsync(ACatalog.Request(volume: number), catalog.StartAsync, Stop));

        var restore = await AssertOneAsync(catalog, outcomes);
        Assert.Equal(restore.Id, (await catalog.BackupAsync()).RestoreId);
        var volumes = await EachAsync(catalog.VolumeAsync);
        var held = Assert.Single(volumes, volume => volume.Status != VolumeStatus.Available);
        Assert.Equal((VolumeStatus.RestoringBackup, restore.Id, restore.VolumeId), (held.Status, held.RestoreId, held.Id));
    }

    [Fact]
    public async Task Of_a_hundred_requests_for_one_volume_exactly_one_is_accepted()
    {
        var catalog = await ACatalog.CreateAsync(azurite);
        await catalog.Table.TryAddAsync(Records.Volume(), Stop);
        await EachAsync(number => catalog.Table.TryAddAsync(Records.Backup(number), Stop));

        var outcomes = await EachAsync(number => catalog.Table.AcceptAsync(ACatalog.Request(backup: number), catalog.StartAsync, Stop));

        var restore = await AssertOneAsync(catalog, outcomes);
        Assert.Equal(restore.Id, (await catalog.VolumeAsync()).RestoreId);
        var backups = await EachAsync(catalog.BackupAsync);
        var held = Assert.Single(backups, backup => backup.Status != BackupStatus.Available);
        Assert.Equal((BackupStatus.Restoring, restore.Id, restore.BackupId), (held.Status, held.RestoreId, held.Id));
    }

    private static async Task<Restore> AssertOneAsync(ACatalog catalog, AcceptOutcome[] outcomes)
    {
        var accepted = Assert.Single(outcomes, outcome => outcome.IsAccepted);
        var refused = outcomes.Where(outcome => !outcome.IsAccepted);
        Assert.All(refused, outcome => Assert.True(outcome.Refusal?.Kind is RefusalKind.Conflict or RefusalKind.Invalid));
        Assert.Equal([accepted.Restore!.Id], catalog.Started);
        Assert.Equal(1, await catalog.CountAsync("restore|"));
        Assert.Equal(1, await catalog.CountAsync("intent"));
        return accepted.Restore;
    }

    private static async Task<T[]> EachAsync<T>(Func<int, Task<T>> action) =>
        await Task.WhenAll(Enumerable.Range(1, Requests).Select(action));
}

using Testing;
using Vbs.Catalog;
using Vbs.Restores;
using Vbs.Tests.Restores;

namespace Vbs.Tests.Catalog;

public sealed class BackupImportsTests(AzuriteFixture azurite)
{
    private static readonly Backup Full = Records.Backup();
    private static readonly Backup Increment = Records.Backup(2) with { ParentId = Full.Id };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_increment_is_counted_at_its_parent()
    {
        var catalog = await ACatalog.CreateAsync(azurite);

        Assert.Null(await ImportAsync(catalog, Full));
        Assert.Null(await ImportAsync(catalog, Increment));

        Assert.Equal(Full with { DependentCount = 1 }, await catalog.BackupAsync());
        Assert.Equal(Increment, await catalog.BackupAsync(2));
        Assert.Equal(2, await catalog.CountAsync("backup-by-age|"));
    }

    [Fact]
    public async Task An_increment_without_its_parent_is_refused()
    {
        var catalog = await ACatalog.CreateAsync(azurite);

        var refusal = await ImportAsync(catalog, Increment);

        Assert.Equal(RefusalKind.Invalid, refusal?.Kind);
        Assert.Contains($"builds on backup {Full.Id}", refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(0, await catalog.CountAsync("backup"));
    }

    [Fact]
    public async Task What_is_there_is_refused_and_counts_once()
    {
        var catalog = await ACatalog.CreateAsync(azurite);
        await ImportAsync(catalog, Full);
        await ImportAsync(catalog, Increment);

        var refusal = await ImportAsync(catalog, Increment);

        Assert.Equal("Invalid backup: Backup already exists in database.", refusal?.Message);
        Assert.Equal(1, (await catalog.BackupAsync()).DependentCount);
    }

    [Fact]
    public async Task A_deleted_one_comes_back()
    {
        var catalog = await ACatalog.CreateAsync(azurite);
        await catalog.Table.TryAddAsync(Full with { Status = BackupStatus.Deleted, CreatedAt = Full.CreatedAt.AddDays(-1) }, Stop);

        Assert.Null(await ImportAsync(catalog, Full));

        Assert.Equal(Full, await catalog.BackupAsync());
        Assert.Equal(1, await catalog.CountAsync("backup-by-age|"));
    }

    [Fact]
    public async Task A_parent_that_begins_to_be_restored_meanwhile_loses_nothing()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var isFirst = true;
        var restored = RequestHook.OnTransactions(async send =>
        {
            if (isFirst)
            {
                isFirst = false;
                await catalog.AcceptAsync();
            }

            await send();
        });

        Assert.Null(await new BackupImports(catalog.Client(restored)).AddAsync(Increment, Stop));

        var parent = await catalog.BackupAsync();
        Assert.Equal((BackupStatus.Restoring, 1), (parent.Status, parent.DependentCount));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task After_a_death_a_repeat_finds_all_of_it_or_nothing(int requests)
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var process = new BackupImports(catalog.Client(new RequestWatch(dieAfter: requests)));
        await Assert.ThrowsAsync<RequestWatch.ProcessDiedException>(() => process.AddAsync(Increment, Stop));

        var refusal = await ImportAsync(catalog, Increment);

        Assert.Equal(requests == 3, refusal is not null);
        Assert.Equal(1, (await catalog.BackupAsync()).DependentCount);
    }

    private static Task<Refusal?> ImportAsync(ACatalog catalog, Backup backup) => new BackupImports(catalog.Rows).AddAsync(backup, Stop);
}

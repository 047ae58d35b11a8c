using Testing;
using Vbs.Restores;

namespace Vbs.Tests.Catalog;

public sealed class AcceptCrashTests(AzuriteFixture azurite)
{
    private const int AcceptRequests = 4;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Death_before_the_transaction_means_that_nothing_happened(int requests)
    {
        var catalog = await DeadAfterAsync(requests);

        await SweepAsync(catalog);

        Assert.Empty(catalog.Started);
        await catalog.AssertAllOrNothingAsync(isAccepted: false);
    }

    [Fact]
    public async Task Death_after_the_transaction_means_that_the_sweep_starts_the_restore()
    {
        var catalog = await DeadAfterAsync(AcceptRequests);

        await SweepAsync(catalog);

        Assert.Equal([(await catalog.BackupAsync()).RestoreId!.Value], catalog.Started);
        await catalog.AssertAllOrNothingAsync(isAccepted: true);
    }

    [Fact]
    public async Task Death_in_the_start_means_that_the_sweep_starts_the_restore()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var outcome = await catalog.Table.AcceptAsync(
            ACatalog.Request(), (_, _, _) => Task.FromException(new RequestWatch.ProcessDiedException()), Stop);

        await SweepAsync(catalog);

        Assert.Equal([outcome.Restore!.Id], catalog.Started);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task After_a_death_before_the_transaction_the_request_may_be_made_again(int requests)
    {
        var catalog = await DeadAfterAsync(requests);

        await catalog.AcceptAsync();
        await SweepAsync(catalog);

        Assert.Equal(1, await catalog.CountAsync("intent"));
        Assert.Equal(BackupStatus.Restoring, (await catalog.BackupAsync()).Status);
    }

    [Fact]
    public async Task An_accept_paused_between_intent_and_transaction_is_never_accepted_without_an_intent()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var pausedAccept = RequestHook.OnTransactions(async send =>
        {
            await SweepAsync(catalog);
            Assert.Equal(0, await catalog.CountAsync("intent"));
            await send();
        });

        var outcome = await catalog.Process(pausedAccept).AcceptAsync(ACatalog.Request(), catalog.StartAsync, Stop);

        Assert.Equal(RefusalKind.Conflict, outcome.Refusal?.Kind);
        Assert.Empty(catalog.Started);
        await catalog.AssertAllOrNothingAsync(isAccepted: false);
    }

    [Fact]
    public async Task A_young_intent_is_left_to_its_accept()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var swept = RequestHook.OnTransactions(async send =>
        {
            await catalog.Table.SweepAsync(NoneIsAliveAsync, catalog.StartAsync, Stop);
            await send();
        });

        var outcome = await catalog.Process(swept).AcceptAsync(ACatalog.Request(), catalog.StartAsync, Stop);

        Assert.True(outcome.IsAccepted);
        Assert.Equal([outcome.Restore.Id], catalog.Started);
    }

    private static Task<bool> NoneIsAliveAsync(RestoreId id, CancellationToken cancellationToken) => Task.FromResult(false);

    private static async Task SweepAsync(ACatalog catalog)
    {
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        await catalog.Table.SweepAsync(NoneIsAliveAsync, catalog.StartAsync, Stop);
    }

    private async Task<ACatalog> DeadAfterAsync(int requests)
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var process = catalog.Process(new RequestWatch(dieAfter: requests));
        await Assert.ThrowsAsync<RequestWatch.ProcessDiedException>(() => process.AcceptAsync(ACatalog.Request(), catalog.StartAsync, Stop));
        Assert.Empty(catalog.Started);
        return catalog;
    }
}

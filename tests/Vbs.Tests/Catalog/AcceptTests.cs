using Testing;
using Vbs.Restores;
using Vbs.Tests.Restores;

namespace Vbs.Tests.Catalog;

public sealed class AcceptTests(AzuriteFixture azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_accepted_restore_is_stored_and_started_and_holds_backup_and_volume()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);

        var outcome = await catalog.Table.AcceptAsync(ACatalog.Request(), catalog.StartAsync, Stop);

        Assert.True(outcome.IsAccepted);
        var expected = new Restore
        {
            ProjectId = Records.Project,
            Id = new RestoreId(Records.Id(0xa, 1)),
            BackupId = Records.Backup().Id,
            VolumeId = Records.Volume().Id,
            Status = RestoreStatus.Accepted,
            UserId = "user",
            RequestId = "req-1",
            AcceptedAt = catalog.Time.GetUtcNow(),
        };
        Assert.Equal(expected, outcome.Restore);
        Assert.Equal(expected, await catalog.RestoreAsync(expected.Id));
        Assert.Equal([expected.Id], catalog.Started);
        await catalog.AssertAllOrNothingAsync(isAccepted: true);
    }

    [Fact]
    public async Task It_costs_two_reads_an_intent_and_a_transaction()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var watch = new RequestWatch();

        await catalog.Process(watch).AcceptAsync(ACatalog.Request(), catalog.StartAsync, Stop);

        Assert.Equal(["GET backup", "GET volume"], watch.Requests.Take(2).Order());
        Assert.Equal(["PUT intent", "POST transaction"], watch.Requests.Skip(2));
    }

    [Fact]
    public async Task A_refused_request_costs_two_reads_and_changes_nothing()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var watch = new RequestWatch();

        var outcome = await catalog.Process(watch).AcceptAsync(ACatalog.Request(mayRestore: false), catalog.StartAsync, Stop);

        Assert.Equal(RefusalKind.Forbidden, outcome.Refusal?.Kind);
        Assert.Equal(2, watch.Requests.Count);
        Assert.Empty(catalog.Started);
        await catalog.AssertAllOrNothingAsync(isAccepted: false);
    }

    [Fact]
    public async Task A_second_request_is_refused_by_what_the_first_has_changed()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        await catalog.AcceptAsync();

        var outcome = await catalog.Table.AcceptAsync(ACatalog.Request(), catalog.StartAsync, Stop);

        Assert.Equal("VolumeBackup.0089", outcome.Refusal?.Code);
        await catalog.AssertAllOrNothingAsync(isAccepted: true);
    }

    [Fact]
    public async Task A_backup_and_a_volume_that_are_not_there_are_refused()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);

        var noBackup = await catalog.Table.AcceptAsync(ACatalog.Request(backup: 2), catalog.StartAsync, Stop);
        var noVolume = await catalog.Table.AcceptAsync(ACatalog.Request(volume: 2), catalog.StartAsync, Stop);

        Assert.Equal(("VolumeBackup.0111", "VolumeBackup.0207"), (noBackup.Refusal?.Code, noVolume.Refusal?.Code));
        await catalog.AssertAllOrNothingAsync(isAccepted: false);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_start_that_fails_does_not_undo_the_acceptance(bool atOnce)
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var failure = new InvalidOperationException("no worker");

        var outcome = await catalog.Table.AcceptAsync(
            ACatalog.Request(), (_, _, _) => atOnce ? throw failure : Task.FromException(failure), Stop);

        Assert.True(outcome.IsAccepted);
        await catalog.AssertAllOrNothingAsync(isAccepted: true);
    }

    [Fact]
    public async Task A_transaction_repeated_because_its_answer_was_lost_is_accepted()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var twice = RequestHook.OnTransactions(async send =>
        {
            await send();
            await send();
        });

        var outcome = await catalog.Process(twice).AcceptAsync(ACatalog.Request(), catalog.StartAsync, Stop);

        Assert.True(outcome.IsAccepted);
        Assert.Equal([outcome.Restore.Id], catalog.Started);
        await catalog.AssertAllOrNothingAsync(isAccepted: true);
    }

    [Fact]
    public async Task A_request_that_loses_on_the_write_is_a_conflict_and_leaves_nothing()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var first = default(RestoreId?);
        var late = RequestHook.OnTransactions(async send =>
        {
            first = (await catalog.AcceptAsync()).Id;
            await send();
        });

        var outcome = await catalog.Process(late).AcceptAsync(ACatalog.Request(), catalog.StartAsync, Stop);

        Assert.Equal(RefusalKind.Conflict, outcome.Refusal?.Kind);
        Assert.Equal(first, (await catalog.BackupAsync()).RestoreId);
        await catalog.AssertAllOrNothingAsync(isAccepted: true);
    }
}

using Testing;
using Vbs.Catalog;
using Vbs.Restores;
using Vbs.Tests.Restores;

namespace Vbs.Tests.Catalog;

public sealed class RepeatedAnswersTests(AzuriteFixture azurite)
{
    private static readonly Repeatability Asked = new(Records.Id(0xe, 1), "fingerprint");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_repeat_gets_the_restore_of_the_first_attempt_also_after_its_end()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var first = await AcceptAsync(catalog.Table, catalog);
        await catalog.Table.TryBeginAsync(Records.Project, first.Restore!.Id, Stop);

        Assert.Equal(first.Restore.Id, (await AcceptAsync(catalog.Table, catalog)).Restore?.Id);
        await catalog.Table.TryCompleteAsync(Records.Project, first.Restore.Id, Stop);
        Assert.Equal(first.Restore.Id, (await AcceptAsync(catalog.Table, catalog)).Restore?.Id);

        Assert.Equal(1, await catalog.CountAsync("restore|"));
        Assert.Equal(BackupStatus.Available, (await catalog.BackupAsync()).Status);
    }

    [Fact]
    public async Task A_repeat_gets_the_refusal_of_the_first_attempt_although_the_reason_is_gone()
    {
        var catalog = await ACatalog.CreateAsync(azurite);
        await catalog.Table.TryAddAsync(Records.Backup(), Stop);
        var first = await AcceptAsync(catalog.Table, catalog);
        await catalog.Table.TryAddAsync(Records.Volume(), Stop);

        var second = await AcceptAsync(catalog.Table, catalog);

        Assert.Equal(RefusalKind.NotFound, first.Refusal?.Kind);
        Assert.Equal(first.Refusal, second.Refusal);
        Assert.Equal(0, await catalog.CountAsync("restore|"));
    }

    [Fact]
    public async Task Another_request_under_the_id_is_refused_and_changes_nothing()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var first = await AcceptAsync(catalog.Table, catalog);

        var other = await AcceptAsync(catalog.Table, catalog, Asked with { Fingerprint = "other" });

        Assert.True(other.IsOtherRequest);
        Assert.Equal(RefusalKind.Invalid, other.Refusal?.Kind);
        await catalog.AssertHeldAsync(first.Restore!.Id);
    }

    [Fact]
    public async Task Of_many_at_once_one_is_accepted_and_all_are_told_of_it()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AcceptAsync(catalog.Process(), catalog)));

        Assert.Single(outcomes.Select(outcome => outcome.Restore?.Id).Distinct());
        Assert.Equal(outcomes[0].Restore!.Id, Assert.Single(catalog.Started));
        Assert.Equal(1, await catalog.CountAsync("restore|"));
        Assert.Equal(1, await catalog.CountAsync("intent"));
    }

    [Fact]
    public async Task A_repeat_that_meets_the_first_attempt_between_read_and_write_gets_its_answer()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        AcceptOutcome? first = null;
        var slow = RequestHook.OnTransactions(async send =>
        {
            first = await AcceptAsync(catalog.Table, catalog);
            await send();
        });

        var second = await AcceptAsync(catalog.Process(slow), catalog);

        Assert.Equal(first!.Restore!.Id, second.Restore?.Id);
        await catalog.AssertHeldAsync(first.Restore.Id);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task After_a_death_anywhere_the_repeat_ends_with_one_restore(int requests)
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        await Assert.ThrowsAsync<RequestWatch.ProcessDiedException>(
            () => AcceptAsync(catalog.Process(new RequestWatch(dieAfter: requests)), catalog));

        var repeat = await AcceptAsync(catalog.Table, catalog);

        Assert.True(repeat.IsAccepted);
        Assert.Equal(1, await catalog.CountAsync("restore|"));
        await catalog.AssertHeldAsync(repeat.Restore.Id);
    }

    [Fact]
    public async Task The_plain_path_pays_nothing_and_the_other_one_read_and_one_write()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var watch = new RequestWatch();

        await AcceptAsync(catalog.Process(watch), catalog);

        Assert.Equal(["GET answer", "GET backup", "GET volume"], watch.Requests.Take(3).Order());
        Assert.Equal(["PUT intent", "PUT note"], watch.Requests.Skip(3).Take(2).Order());
        Assert.Equal(["POST transaction"], watch.Requests.Skip(5));
    }

    [Fact]
    public async Task Who_may_not_restore_neither_gets_nor_leaves_an_answer()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var reader = ACatalog.Request(mayRestore: false) with { Repeatability = Asked };

        var before = await catalog.Table.AcceptAsync(reader, catalog.StartAsync, Stop);
        var accepted = await AcceptAsync(catalog.Table, catalog);
        var after = await catalog.Table.AcceptAsync(reader, catalog.StartAsync, Stop);

        Assert.True(accepted.IsAccepted);
        Assert.Equal((RefusalKind.Forbidden, RefusalKind.Forbidden), (before.Refusal!.Kind, after.Refusal!.Kind));
    }

    [Fact]
    public async Task An_answer_is_forgotten_after_the_window_and_not_before()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        await AcceptAsync(catalog.Table, catalog);

        catalog.Time.Advance(Repeatability.Window);
        await SweepAsync(catalog);
        Assert.Equal(2, await catalog.CountAsync("repeat"));

        catalog.Time.Advance(TimeSpan.FromHours(2));
        await SweepAsync(catalog);
        Assert.Equal(0, await catalog.CountAsync("repeat"));
    }

    private static Task SweepAsync(ACatalog catalog) =>
        catalog.Table.SweepAsync((_, _) => Task.FromResult(true), catalog.StartAsync, Stop);

    private static Task<AcceptOutcome> AcceptAsync(CatalogTable process, ACatalog catalog, Repeatability? asked = null) =>
        process.AcceptAsync(ACatalog.Request() with { Repeatability = asked ?? Asked }, catalog.StartAsync, Stop);
}

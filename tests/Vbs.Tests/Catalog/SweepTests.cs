using System.Diagnostics;
using Testing;
using Vbs.Catalog;
using Vbs.Restores;
using Vbs.Tests.Restores;

namespace Vbs.Tests.Catalog;

public sealed class SweepTests(AzuriteFixture azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restore_that_is_worked_on_is_left_alone()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();
        catalog.Started.Clear();

        await catalog.Table.SweepAsync((id, _) => Task.FromResult(id == restore.Id), catalog.StartAsync, Stop);

        Assert.Empty(catalog.Started);
        Assert.Equal(1, await catalog.CountAsync("intent"));
    }

    [Fact]
    public async Task A_running_restore_whose_orchestration_is_gone_is_started_again()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();
        catalog.Started.Clear();

        await catalog.Table.SweepAsync((_, _) => Task.FromResult(false), catalog.StartAsync, Stop);

        Assert.Equal([restore.Id], catalog.Started);
    }

    [Fact]
    public async Task What_a_sweep_starts_again_it_starts_in_the_trace_that_accepted_it_and_tells_how_old_it_is()
    {
        using var call = new Activity("call").SetIdFormat(ActivityIdFormat.W3C).Start();
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.AcceptAsync();
        call.Stop();
        var told = new List<object?>();
        var watch = CatalogWatch.None with
        {
            Restarting = (traceParent, projectId, restoreId) =>
            {
                told.AddRange([traceParent, projectId, restoreId]);
                return null;
            },
            Swept = (count, oldest) => told.AddRange([count, oldest]),
        };

        await catalog.Process(watch: watch).SweepAsync((_, _) => Task.FromResult(false), catalog.StartAsync, Stop);

        Assert.Equal([1, restore.AcceptedAt, call.Id, Records.Project, restore.Id], told);
    }

    [Fact]
    public async Task What_an_end_cut_short_left_behind_is_removed()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();
        await catalog.Table.ReportProgressAsync(restore.Id, 0, 10, Stop);
        var endsAndDies = RequestHook.OnTransactions(async send =>
        {
            await send();
            throw new RequestWatch.ProcessDiedException();
        });
        await Assert.ThrowsAsync<RequestWatch.ProcessDiedException>(
            () => catalog.Process(endsAndDies).TryCompleteAsync(Records.Project, restore.Id, Stop));
        Assert.Equal(2, await catalog.CountAsync("intent") + await catalog.CountAsync("progress"));
        catalog.Started.Clear();

        await catalog.Table.SweepAsync((_, _) => Task.FromResult(false), catalog.StartAsync, Stop);

        Assert.Empty(catalog.Started);
        Assert.Equal(0, await catalog.CountAsync("intent") + await catalog.CountAsync("progress"));
        Assert.Equal(RestoreStatus.Succeeded, (await catalog.RestoreAsync(restore.Id))?.Status);
    }

    [Fact]
    public async Task Progress_reported_after_the_end_is_removed_an_hour_later()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();
        await catalog.Table.TryCompleteAsync(Records.Project, restore.Id, Stop);
        await catalog.Table.ReportProgressAsync(restore.Id, 0, 10, Stop);

        await catalog.Table.SweepAsync((_, _) => Task.FromResult(true), catalog.StartAsync, Stop);
        Assert.Equal(1, await catalog.CountAsync("progress"));
        catalog.Time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        await catalog.Table.SweepAsync((_, _) => Task.FromResult(true), catalog.StartAsync, Stop);

        Assert.Equal(0, await catalog.CountAsync("progress"));
    }

    [Fact]
    public async Task Progress_of_a_restore_under_way_stays_however_old()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();
        await catalog.Table.ReportProgressAsync(restore.Id, 0, 10, Stop);
        catalog.Time.Advance(TimeSpan.FromDays(2));

        await catalog.Table.SweepAsync((_, _) => Task.FromResult(true), catalog.StartAsync, Stop);

        Assert.Equal(10, (await catalog.RestoreAsync(restore.Id))?.BytesDone);
    }

    [Fact]
    public async Task A_restore_that_cannot_be_started_does_not_hold_up_the_others()
    {
        var catalog = await ACatalog.CreateAsync(azurite);
        for (var number = 1; number <= 20; number++)
        {
            await catalog.Table.TryAddAsync(Records.Backup(number), Stop);
            await catalog.Table.TryAddAsync(Records.Volume(number), Stop);
            var outcome = await catalog.Table.AcceptAsync(ACatalog.Request(number, number), catalog.StartAsync, Stop);
            Assert.True(outcome.IsAccepted);
        }

        var (cursed, rest) = (catalog.Started[3], catalog.Started.Where((_, index) => index != 3).ToList());
        catalog.Started.Clear();

        await Assert.ThrowsAsync<InvalidOperationException>(() => catalog.Table.SweepAsync(
            (_, _) => Task.FromResult(false),
            (project, id, stop) => id == cursed ? throw new InvalidOperationException("no") : catalog.StartAsync(project, id, stop),
            Stop));

        Assert.Equal(rest.OrderBy(id => id.Value), catalog.Started.OrderBy(id => id.Value));
    }

    [Fact]
    public async Task A_sweep_with_nothing_to_do_costs_a_query_for_work_and_one_for_old_answers()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var watch = new RequestWatch();

        await catalog.Process(watch).SweepAsync((_, _) => Task.FromResult(true), catalog.StartAsync, Stop);

        Assert.Equal(["GET query", "GET query"], watch.Requests);
    }

    [Fact]
    public async Task Two_sweeps_at_once_do_no_harm()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();
        await catalog.Table.ReportProgressAsync(restore.Id, 0, 10, Stop);
        catalog.Time.Advance(TimeSpan.FromMinutes(2));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => catalog.Table.SweepAsync((_, _) => Task.FromResult(false), catalog.StartAsync, Stop)));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => catalog.Table.TryCompleteAsync(Records.Project, restore.Id, Stop)));

        Assert.Equal(0, await catalog.CountAsync("intent") + await catalog.CountAsync("progress"));
        Assert.Equal(BackupStatus.Available, (await catalog.BackupAsync()).Status);
    }
}

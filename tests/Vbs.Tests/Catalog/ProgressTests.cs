using Testing;
using Vbs.Restores;
using Vbs.Tests.Restores;

namespace Vbs.Tests.Catalog;

public sealed class ProgressTests(AzuriteFixture azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restore_begins_once_and_a_repeat_finds_it_running()
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var accepted = await catalog.AcceptAsync();

        var first = await catalog.Table.TryBeginAsync(Records.Project, accepted.Id, Stop);
        var again = await catalog.Table.TryBeginAsync(Records.Project, accepted.Id, Stop);

        Assert.Equal(accepted with { Status = RestoreStatus.Running }, first);
        Assert.Equal(first, again);
        Assert.Equal(first, await catalog.RestoreAsync(accepted.Id));
    }

    [Fact]
    public async Task A_restore_that_does_not_exist_does_not_begin()
    {
        var catalog = await ACatalog.CreateAsync(azurite);

        Assert.Null(await catalog.Table.TryBeginAsync(Records.Project, new RestoreId(Records.Id(0xa, 1)), Stop));
    }

    [Fact]
    public async Task Progress_is_the_sum_of_what_each_lane_last_said()
    {
        var (catalog, restore) = await RunningAsync(bytesTotal: 1000);

        await catalog.Table.ReportProgressAsync(restore.Id, 0, 100, Stop);
        await catalog.Table.ReportProgressAsync(restore.Id, 99, 20, Stop);
        await catalog.Table.ReportProgressAsync(restore.Id, 0, 300, Stop);
        await catalog.Table.ReportProgressAsync(restore.Id, 0, 300, Stop);

        var now = await catalog.RestoreAsync(restore.Id);
        Assert.Equal((320, 1000), (now!.BytesDone, now.BytesTotal));
    }

    [Fact]
    public async Task Progress_never_exceeds_the_total()
    {
        var (catalog, restore) = await RunningAsync(bytesTotal: 1000);

        await catalog.Table.ReportProgressAsync(restore.Id, 0, 999, Stop);
        await catalog.Table.ReportProgressAsync(restore.Id, 1, 999, Stop);

        Assert.Equal(1000, (await catalog.RestoreAsync(restore.Id))!.BytesDone);
    }

    [Fact]
    public async Task A_report_costs_one_request_and_so_does_reading_it_once_the_row_is_read()
    {
        var (catalog, restore) = await RunningAsync(bytesTotal: 1000);
        var watch = new RequestWatch();
        var process = catalog.Process(watch);

        await process.ReportProgressAsync(restore.Id, 3, 100, Stop);
        await process.FindRestoreAsync(Records.Project, restore.Id, Stop);

        Assert.Equal(["PUT lane", "GET restore", "GET query"], watch.Requests);
    }

    [Fact]
    public async Task A_restore_that_ends_while_it_is_read_is_seen_ended_and_not_set_back()
    {
        var (catalog, restore) = await RunningAsync(bytesTotal: 1000);
        await catalog.Table.ReportProgressAsync(restore.Id, 0, 900, Stop);
        var ended = RequestHook.OnQueries(async send =>
        {
            await catalog.Table.TryCompleteAsync(Records.Project, restore.Id, Stop);
            await send();
        });

        var seen = await catalog.Process(ended).FindRestoreAsync(Records.Project, restore.Id, Stop);

        Assert.Equal((RestoreStatus.Succeeded, 1000), (seen!.Status, seen.BytesDone));
    }

    [Fact]
    public async Task The_total_is_not_changed_after_the_end()
    {
        var (catalog, restore) = await RunningAsync(bytesTotal: 1000);
        await catalog.Table.TryCompleteAsync(Records.Project, restore.Id, Stop);

        await catalog.Table.SetTotalAsync(Records.Project, restore.Id, 5, Stop);

        Assert.Equal(1000, (await catalog.RestoreAsync(restore.Id))!.BytesTotal);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(100, 0)]
    [InlineData(0, -1)]
    public async Task A_lane_out_of_range_is_a_mistake_of_the_caller(int lane, long bytesDone)
    {
        var catalog = await ACatalog.CreateAsync(azurite);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => catalog.Table.ReportProgressAsync(new RestoreId(Records.Id(0xa, 1)), lane, bytesDone, Stop));
    }

    private async Task<(ACatalog Catalog, Restore Restore)> RunningAsync(long bytesTotal)
    {
        var catalog = await ACatalog.WithOneOfEachAsync(azurite);
        var restore = await catalog.BeginAsync();
        await catalog.Table.SetTotalAsync(Records.Project, restore.Id, bytesTotal, Stop);
        return (catalog, restore);
    }
}

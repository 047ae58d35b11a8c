using System.Diagnostics;
using Testing;

namespace Vbs.Tests.Catalog.Listing;

public sealed class ListCostTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_in_the_default_order_costs_the_same_of_200_backups_and_of_10_000()
    {
        var list = await new AList(azurite).FillAsync(200, Stop);
        var ofFew = await CostAsync(list);
        await list.FillAsync(9_800, Stop);
        var ofMany = await CostAsync(list);

        Assert.Equal(ofFew, ofMany);
        Assert.Equal((First: 51, Next: 52), ofMany); // The index, 50 rows, and from the second page on the marker.
    }

    [Fact]
    public async Task A_filter_costs_a_request_for_each_thousand_of_the_projects_backups()
    {
        var list = await new AList(azurite).FillAsync(2_500, Stop);
        var watch = new RequestWatch();

        await list.Lists(watch).BackupsAsync(AList.Request(50) with { Filters = [new("name", "nightly-1", IsPart: false)] }, Stop);

        Assert.Equal(["GET query", "GET query", "GET query"], watch.Requests);
    }

    private async Task<(int First, int Next)> CostAsync(AList list)
    {
        var first = new RequestWatch();
        var clock = Stopwatch.StartNew();
        var page = await list.Lists(first).BackupsAsync(AList.Request(50), Stop);
        output.WriteLine($"{list.Backups.Count} backups: a page of {page!.Items.Count} took {first.Requests.Count} requests and {clock.ElapsedMilliseconds} ms.");
        var next = new RequestWatch();
        await list.Lists(next).BackupsAsync(AList.Request(50, page.Items[^1].Id.ToString()), Stop);
        return (first.Requests.Count, next.Requests.Count);
    }
}

using Testing;
using Vbs.Catalog.Listing;
using Vbs.Restores;

namespace Vbs.Tests.Catalog.Listing;

public sealed class CatalogListsTests(AzuriteFixture azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Orders { get; } = ["created_at", "id", "name", "size", "status", "volume_id", "updated_at", "object_count"];

    [Theory]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(1000)]
    public async Task Pages_by_marker_have_every_backup_once_from_newest_to_oldest(int limit)
    {
        var list = await new AList(azurite).FillAsync(230, Stop);
        var seen = new List<Backup>();
        ListPage<Backup>? page;
        do
        {
            page = await list.Lists().BackupsAsync(AList.Request(limit, seen.Count == 0 ? null : seen[^1].Id.ToString()), Stop);
            seen.AddRange(page!.Items);
        }
        while (page.Items.Count == limit);

        Assert.Equal(NewestFirst(list.Backups), seen);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(3, 10)]
    [InlineData(55, 10)]
    [InlineData(60, 10)]
    [InlineData(3, 200)]
    [InlineData(int.MaxValue, 200)]
    [InlineData(int.MaxValue, 10)]
    public async Task An_offset_passes_over_what_follows_the_marker(int offset, int limit)
    {
        var list = await new AList(azurite).FillAsync(60, Stop);
        var expected = NewestFirst(list.Backups);

        var first = await list.Lists().BackupsAsync(AList.Request(limit, offset: offset), Stop);
        var second = await list.Lists().BackupsAsync(AList.Request(limit, expected[4].Id.ToString(), offset), Stop);

        Assert.Equal(expected.Skip(offset).Take(limit), first!.Items);
        Assert.Equal(expected.Skip(5).Skip(offset).Take(limit), second!.Items);
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Any_order_is_kept_across_pages_in_both_directions(string key)
    {
        var list = await new AList(azurite).FillAsync(40, Stop);
        foreach (var isDescending in new[] { false, true })
        {
            SortKey[] order = [new(key, isDescending), new("created_at", isDescending), new("id", isDescending)];
            var seen = new List<Backup>();
            while (seen.Count < list.Backups.Count)
            {
                var request = AList.Request(9, seen.LastOrDefault()?.Id.ToString()) with { Order = order };
                seen.AddRange((await list.Lists().BackupsAsync(request, Stop))!.Items);
            }

            Assert.Equal(seen.Count, seen.Distinct().Count());
            var values = seen.Select(ListColumns.OfBackups[key]).ToList();
            var sorted = values.Order(Comparer<object?>.Create((a, b) => a is string x && b is string y ? string.CompareOrdinal(x, y) : Comparer<object>.Default.Compare(a, b)));
            Assert.Equal(isDescending ? sorted.Reverse() : sorted, values);
        }
    }

    [Fact]
    public async Task Filters_are_all_satisfied_and_the_total_counts_every_page()
    {
        var list = await new AList(azurite).FillAsync(100, Stop);
        var request = AList.Request(5) with
        {
            Filters = [new("status", "error", IsPart: false), new("name", "NIGHTLY", IsPart: true), new("size", "1", IsPart: false)],
            WithTotal = true,
        };

        var page = await list.Lists().BackupsAsync(request, Stop);

        var expected = NewestFirst(list.Backups.Where(backup => backup is { Status: BackupStatus.Error, Name: not null, SizeGiB: 1 }));
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Take(5), page!.Items);
        Assert.Equal(expected.Count, page.Total);
    }

    [Fact]
    public async Task A_part_is_not_the_whole_and_a_name_that_is_missing_matches_nothing()
    {
        var list = await new AList(azurite).FillAsync(20, Stop);

        Assert.Empty((await list.Lists().BackupsAsync(AList.Request(5) with { Filters = [new("name", "nightly", IsPart: false)] }, Stop))!.Items);
        Assert.Empty((await list.Lists().BackupsAsync(AList.Request(5) with { Filters = [new("name", "", IsPart: false)] }, Stop))!.Items);
    }

    [Theory]
    [InlineData("00000000-0000-4000-8000-000000000000")]
    [InlineData("no id")]
    [InlineData("")]
    public async Task A_marker_that_is_not_there_has_no_page(string marker)
    {
        var list = await new AList(azurite).FillAsync(3, Stop);

        Assert.Null(await list.Lists().BackupsAsync(AList.Request(10, marker), Stop));
        Assert.Null(await list.Lists().VolumesAsync(AList.Request(1000, marker), Stop));
    }

    [Fact]
    public async Task A_page_without_room_is_empty_and_counts_all_the_same()
    {
        var list = await new AList(azurite).FillAsync(20, Stop);

        Assert.Empty((await list.Lists().BackupsAsync(AList.Request(0), Stop))!.Items);
        Assert.Equal(20, (await list.Lists().BackupsAsync(AList.Request(0) with { WithTotal = true }, Stop))!.Total);
    }

    [Fact]
    public async Task What_goes_while_a_page_is_read_leaves_no_gap_in_it()
    {
        var list = await new AList(azurite).FillAsync(20, Stop);
        var expected = NewestFirst(list.Backups);
        await list.RemoveRowAsync(expected[2], Stop);
        expected.RemoveAt(2);

        var page = await list.Lists().BackupsAsync(AList.Request(5), Stop);

        Assert.Equal(expected.Take(5), page!.Items);
    }

    private static List<Backup> NewestFirst(IEnumerable<Backup> backups) =>
        [.. backups.OrderByDescending(backup => backup.CreatedAt).ThenByDescending(backup => backup.Id.ToString(), StringComparer.Ordinal)];
}

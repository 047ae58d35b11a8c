using Vbs.Restores;

namespace VbsTool.Import;

public sealed class ChainOrderTests
{
    private static readonly BackupId[] Ids = [.. Enumerable.Range(1, 4).Select(number => new BackupId(new Guid(number, 0, 0, new byte[8])))];

    [Fact]
    public void Parents_come_before_their_increments_whatever_the_order_of_the_records()
    {
        Backup[] chain = [Record(0, null), Record(1, 0), Record(2, 1), Record(3, 0)];

        foreach (var records in Permutations(chain))
        {
            var ordered = ChainOrder.ParentsFirst(records);

            Assert.Equal(chain.ToHashSet(), ordered.ToHashSet());
            Assert.All(ordered, backup => Assert.True(
                backup.ParentId is not { } parent || ordered.TakeWhile(earlier => earlier != backup).Any(earlier => earlier.Id == parent)));
        }
    }

    [Fact]
    public void A_parent_that_is_not_among_the_records_is_no_matter() =>
        Assert.Equal([Ids[1]], ChainOrder.ParentsFirst([Record(1, 0)]).Select(backup => backup.Id));

    [Theory]
    [InlineData(new[] { 0 })]
    [InlineData(new[] { 1, 0 })]
    [InlineData(new[] { 1, 2, 3, 1 })]
    public void A_circle_is_refused(int[] parents) =>
        Assert.Contains("builds on itself", Assert.Throws<ToolException>(
            () => ChainOrder.ParentsFirst([.. parents.Select((parent, index) => Record(index, parent))])).Message, StringComparison.Ordinal);

    private static Backup Record(int index, int? parent) => new()
    {
        ProjectId = ToolRun.Project,
        Id = Ids[index],
        VolumeId = new VolumeId(Guid.Empty),
        ParentId = parent is { } number ? Ids[number] : null,
        Status = BackupStatus.Available,
        SizeGiB = 1,
        Container = "c",
        ObjectPrefix = "p",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private static IEnumerable<Backup[]> Permutations(Backup[] items) =>
        items.Length < 2 ? [items] : items.SelectMany(first => Permutations([.. items.Except([first])]).Select(rest => (Backup[])[first, .. rest]));
}

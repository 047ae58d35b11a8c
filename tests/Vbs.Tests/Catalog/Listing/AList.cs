using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Testing;
using Vbs.Catalog;
using Vbs.Catalog.Listing;
using Vbs.Catalog.Rows;
using Vbs.Restores;
using Vbs.Tests.Restores;

namespace Vbs.Tests.Catalog.Listing;

/// <summary>A project with many backups, and a few volumes that no list of backups may show, in a table of their own.</summary>
internal sealed class AList(AzuriteFixture azurite)
{
    private const int RowsPerTransaction = 100;

    private readonly TableClient rows = azurite.Tables.GetTableClient(AzuriteFixture.UniqueName("list"));

    /// <summary>The backups, oldest first; every third shares its time with the one before it.</summary>
    public List<Backup> Backups { get; } = [];

    /// <summary>The lists, by a process whose requests pass the policy.</summary>
    public CatalogLists Lists(HttpPipelinePolicy? policy = null)
    {
        var options = new TableClientOptions();
        if (policy is not null)
        {
            options.AddPolicy(policy, HttpPipelinePosition.PerCall);
        }

        return new CatalogLists(new TableClient(azurite.ConnectionString, rows.Name, options));
    }

    /// <summary>Puts backups in, a hundred rows a transaction.</summary>
    public async Task<AList> FillAsync(int count, CancellationToken cancellationToken)
    {
        await rows.CreateIfNotExistsAsync(cancellationToken);
        var volumes = Backups.Count == 0 ? Enumerable.Range(1, 5).SelectMany(VolumeRows) : [];
        Backups.AddRange(Enumerable.Range(Backups.Count, count).Select(Make));
        var writes = Backups.TakeLast(count).SelectMany(Rows).Concat(volumes);
        await Parallel.ForEachAsync(writes.Chunk(RowsPerTransaction), cancellationToken, async (some, stop) =>
            await rows.SubmitTransactionAsync(some.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), stop));
        return this;
    }

    /// <summary>Takes a backup's row away and leaves its index row, as if it had gone between the two reads.</summary>
    public Task RemoveRowAsync(Backup backup, CancellationToken cancellationToken) =>
        rows.DeleteEntityAsync(Records.Project.ToString(), Keys.Backup(backup.Id), cancellationToken: cancellationToken);

    public static ListRequest Request(int limit, string? marker = null, int offset = 0) =>
        new(Records.Project, limit, offset, marker, ListRequest.NewestFirst, [], WithTotal: false);

    private static Backup Make(int number) => Records.Backup((number * 7919) + 1) with
    {
        CreatedAt = Records.CreatedAt.AddSeconds(number % 3 == 2 ? number - 1 : number),
        Name = number % 4 == 0 ? null : $"nightly-{number % 10}",
        SizeGiB = 1 + (number % 5),
        Status = number % 7 == 0 ? BackupStatus.Error : BackupStatus.Available,
        VolumeId = Records.Volume(number % 2).Id,
    };

    private static TableEntity[] Rows(Backup backup) =>
        [BackupRow.Write(backup), new(backup.ProjectId.ToString(), Keys.BackupByAge(backup.CreatedAt, backup.Id))];

    private static TableEntity[] VolumeRows(int number)
    {
        var volume = Records.Volume(number);
        return [VolumeRow.Write(volume), new(volume.ProjectId.ToString(), Keys.VolumeByAge(volume.CreatedAt, volume.Id))];
    }
}

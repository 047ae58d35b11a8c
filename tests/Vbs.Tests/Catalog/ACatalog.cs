using Azure.Core;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Testing;
using Vbs.Catalog;
using Vbs.Restores;
using Vbs.Tests.Restores;

namespace Vbs.Tests.Catalog;

/// <summary>A table of its own, a clock that stands still, and processes that work on the table.</summary>
internal sealed class ACatalog
{
    private readonly AzuriteFixture azurite;
    private int ids;

    private ACatalog(AzuriteFixture azurite, string name)
    {
        this.azurite = azurite;
        Rows = azurite.Tables.GetTableClient(name);
        Table = Process();
    }

    /// <summary>What a process that nothing happens to sees.</summary>
    public CatalogTable Table { get; }

    /// <summary>The table itself.</summary>
    public TableClient Rows { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    /// <summary>Restores that were started, in order.</summary>
    public List<RestoreId> Started { get; } = [];

    public static async Task<ACatalog> CreateAsync(AzuriteFixture azurite)
    {
        var catalog = new ACatalog(azurite, AzuriteFixture.UniqueName("catalog"));
        await catalog.Table.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        return catalog;
    }

    /// <summary>One with a backup and a volume that fit.</summary>
    public static async Task<ACatalog> WithOneOfEachAsync(AzuriteFixture azurite)
    {
        var catalog = await CreateAsync(azurite);
        Assert.True(await catalog.Table.TryAddAsync(Records.Backup(), TestContext.Current.CancellationToken));
        Assert.True(await catalog.Table.TryAddAsync(Records.Volume(), TestContext.Current.CancellationToken));
        return catalog;
    }

    /// <summary>A process whose requests pass the policy, outside of all retries.</summary>
    public CatalogTable Process(Azure.Core.Pipeline.HttpPipelinePolicy? policy = null, CatalogWatch? watch = null) =>
        new(Client(policy), Time, () => Records.Id(0xa, Interlocked.Increment(ref ids)), NullLogger<CatalogTable>.Instance, watch);

    /// <summary>The table as such a process reaches it.</summary>
    public TableClient Client(Azure.Core.Pipeline.HttpPipelinePolicy? policy = null)
    {
        var options = new TableClientOptions();
        if (policy is not null)
        {
            options.AddPolicy(policy, HttpPipelinePosition.PerCall);
        }

        return new TableClient(azurite.ConnectionString, Rows.Name, options);
    }

    public static RestoreRequest Request(int backup = 1, int volume = 1, bool mayRestore = true) =>
        new(Records.Project, Records.Backup(backup).Id, Records.Volume(volume).Id, mayRestore, "user", "req-1");

    /// <summary>A request for a new volume.</summary>
    public static RestoreRequest RequestNew(string? name = null) =>
        Request() with { VolumeId = null, NewVolumeName = name };

    /// <summary>Volumes of the whole table, by any id.</summary>
    public async Task<Volume?> VolumeAsync(VolumeId id) => await Table.FindVolumeAsync(Records.Project, id, TestContext.Current.CancellationToken);

    public Task StartAsync(ProjectId projectId, RestoreId restoreId, CancellationToken cancellationToken)
    {
        Assert.Equal(Records.Project, projectId);
        lock (Started)
        {
            Started.Add(restoreId);
        }

        return Task.CompletedTask;
    }

    /// <summary>An accepted restore.</summary>
    public async Task<Restore> AcceptAsync()
    {
        var outcome = await Table.AcceptAsync(Request(), StartAsync, TestContext.Current.CancellationToken);
        Assert.True(outcome.IsAccepted);
        return outcome.Restore;
    }

    /// <summary>A restore that has begun.</summary>
    public async Task<Restore> BeginAsync()
    {
        var restore = await AcceptAsync();
        var begun = await Table.TryBeginAsync(Records.Project, restore.Id, TestContext.Current.CancellationToken);
        Assert.NotNull(begun);
        return begun;
    }

    public async Task<Backup> BackupAsync(int number = 1) =>
        (await Table.FindBackupAsync(Records.Project, Records.Backup(number).Id, TestContext.Current.CancellationToken))!;

    public async Task<Volume> VolumeAsync(int number = 1) =>
        (await Table.FindVolumeAsync(Records.Project, Records.Volume(number).Id, TestContext.Current.CancellationToken))!;

    public async Task<Restore?> RestoreAsync(RestoreId id) =>
        await Table.FindRestoreAsync(Records.Project, id, TestContext.Current.CancellationToken);

    /// <summary>Rows of the whole table whose key begins so, or whose partition does.</summary>
    public async Task<int> CountAsync(string beginning)
    {
        var rows = await Rows.QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        return rows.Count(row => row.RowKey.StartsWith(beginning, StringComparison.Ordinal)
            || row.PartitionKey.StartsWith(beginning, StringComparison.Ordinal));
    }

    /// <summary>Backup and volume are held by this restore.</summary>
    public async Task AssertHeldAsync(RestoreId id)
    {
        var (backup, volume) = (await BackupAsync(), await VolumeAsync());
        Assert.Equal((BackupStatus.Restoring, id), (backup.Status, backup.RestoreId!.Value));
        Assert.Equal((VolumeStatus.RestoringBackup, id), (volume.Status, volume.RestoreId!.Value));
    }

    /// <summary>Whether a restore holds backup and volume and is not ended, and its intent watches over it; or nothing of it is there.</summary>
    public async Task AssertAllOrNothingAsync(bool isAccepted)
    {
        var (backup, volume) = (await BackupAsync(), await VolumeAsync());
        Assert.Equal(isAccepted ? BackupStatus.Restoring : BackupStatus.Available, backup.Status);
        Assert.Equal(isAccepted ? VolumeStatus.RestoringBackup : VolumeStatus.Available, volume.Status);
        Assert.Equal(backup.RestoreId, volume.RestoreId);
        Assert.Equal(isAccepted, backup.RestoreId is not null);
        Assert.Equal(isAccepted ? 1 : 0, await CountAsync("restore|"));
        Assert.Equal(isAccepted ? 1 : 0, await CountAsync("intent"));
    }
}

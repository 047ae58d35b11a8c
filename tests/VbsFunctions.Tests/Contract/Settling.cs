using System.Collections.Concurrent;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Vbs;
using Vbs.Catalog;
using Vbs.Catalog.Volumes;
using Vbs.Restores;
using Vbs.Volumes;

namespace VbsFunctions.Tests.Contract;

/// <summary>What a failure leaves behind is nothing, or a restore that will end.</summary>
internal static class Settling
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Sweeps as the app will when the intent is a minute old, and looks at what is left of a project with one backup and one volume.</summary>
    /// <param name="table">The app's table.</param>
    /// <param name="projectId">The project.</param>
    /// <param name="expected">How many restores there must be.</param>
    public static async Task AssertAsync(TableClient table, ProjectId projectId, int expected)
    {
        var started = new ConcurrentBag<RestoreId>();
        var later = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(2));
        var catalog = new CatalogTable(table, later, () => throw new InvalidOperationException("Nothing is accepted."), NullLogger<CatalogTable>.Instance);
        await catalog.SweepAsync((_, _) => Task.FromResult(false), (_, id, _) => Add(started, id), Stop);

        var restores = await IdsAsync(table, $"PartitionKey eq '{projectId}' and RowKey ge 'restore|' and RowKey lt 'restore}}'");
        var intents = await IdsAsync(table, $"PartitionKey eq 'intent' and ProjectId eq '{projectId}'");
        Assert.Equal(expected, restores.Count);
        Assert.Subset(restores.ToHashSet(), intents.ToHashSet());
        var holders = new HashSet<RestoreId?>();
        foreach (var id in restores)
        {
            // The app sweeps too, and may have ended it by now: its backup is no backup.
            var ended = (await catalog.FindRestoreAsync(projectId, id, Stop))!.EndedAt is not null;
            holders.Add(ended ? null : id);
            Assert.True(ended || (started.Contains(id) && intents.Contains(id)), "An accepted restore is forgotten.");
        }

        var holder = holders.SingleOrDefault();
        Assert.Equal(holder, (await catalog.FindBackupAsync(projectId, GivenRows.BackupId, Stop))?.RestoreId);
        Assert.Equal(holder, (await catalog.FindVolumeAsync(projectId, GivenRows.VolumeId, Stop))?.RestoreId);
    }

    /// <summary>Sweeps volumes as the app will when the note is a minute old: none is left half made or half deleted, and whatever the request made has its disk.</summary>
    public static async Task AssertVolumesAsync(TableClient table, VolumeStore disks, ProjectId projectId)
    {
        var later = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(2));
        await new VolumeLifecycle(new VolumeRecords(table, later), disks, later, NullLogger<VolumeLifecycle>.Instance).SweepAsync(Stop);

        var rows = table.QueryAsync<TableEntity>($"PartitionKey eq '{projectId}' and RowKey ge 'volume|' and RowKey lt 'volume}}'", cancellationToken: Stop);
        await foreach (var row in rows)
        {
            Assert.Equal("available", row.GetString("Status"));
            var id = VolumeId.Parse(row.GetString("Id"));
            await (id == GivenRows.VolumeId ? Task.CompletedTask : AssertHasDiskAsync(disks, projectId, id));
        }
    }

    private static async Task AssertHasDiskAsync(VolumeStore disks, ProjectId projectId, VolumeId id)
    {
        await using var content = await disks.OpenReadAsync(projectId, id, Stop);
        Assert.Equal(1L << 30, content.Length);
    }

    private static Task Add(ConcurrentBag<RestoreId> started, RestoreId id)
    {
        started.Add(id);
        return Task.CompletedTask;
    }

    private static async Task<List<RestoreId>> IdsAsync(TableClient table, string filter) =>
        await table.QueryAsync<TableEntity>(filter, cancellationToken: Stop)
            .Select(row => RestoreId.Parse(row.RowKey.Replace("restore|", "", StringComparison.Ordinal)))
            .ToListAsync(Stop);
}

using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Vbs.Catalog;
using Vbs.Restores;

namespace VbsFunctions.Tests.Contract;

/// <summary>Rows of a case's project, made by the catalog itself at 2099-01-02T03:04:05.678901Z: to come, so that no sweep finds them old.</summary>
/// <param name="Backup">A backup; what is left out has the value below.</param>
/// <param name="Volume">A volume.</param>
/// <param name="Restore">A restore of the one to the other.</param>
/// <param name="Backups">More backups, each a second older than the one before it and the first than <paramref name="Backup"/>.</param>
/// <param name="Volumes">More volumes, likewise.</param>
/// <param name="Storage">What fails from then on.</param>
public sealed record GivenRows(
    GivenBackup? Backup = null,
    GivenVolume? Volume = null,
    GivenRestore? Restore = null,
    IReadOnlyList<GivenBackup>? Backups = null,
    IReadOnlyList<GivenVolume>? Volumes = null,
    GivenStorage? Storage = null)
{
    public static readonly BackupId BackupId = BackupId.Parse("8c2a7e0a-6f0f-4d5c-9d38-3f7f2f2f0b01");
    public static readonly VolumeId VolumeId = VolumeId.Parse("5b1f0c7e-2d4a-4f0e-8a53-8d9a6c1e0f02");
    private static readonly DateTimeOffset Start = new DateTimeOffset(2099, 1, 2, 3, 4, 5, 678, TimeSpan.Zero).AddMicroseconds(901);

    /// <summary>Puts the rows into the app's table, by way of another: an accepted restore has an intent too, and the app's sweep would start it.</summary>
    /// <param name="app">The app's table.</param>
    /// <param name="scratch">A table of this case's own.</param>
    /// <param name="projectId">The case's project.</param>
    /// <param name="restoreId">The id of its restore.</param>
    public async Task AddAsync(TableClient app, TableClient scratch, ProjectId projectId, RestoreId restoreId)
    {
        var stop = TestContext.Current.CancellationToken;
        var time = new FakeTimeProvider(Start);
        var catalog = new CatalogTable(scratch, time, () => restoreId.Value, NullLogger<CatalogTable>.Instance);
        await catalog.EnsureCreatedAsync(stop);
        await (Backup is null ? Task.CompletedTask : catalog.TryAddAsync(Backup.Of(projectId, Start), stop));
        await (Volume is null ? Task.CompletedTask : catalog.TryAddAsync(Volume.Of(projectId, Start), stop));
        foreach (var (index, backup) in (Backups ?? []).Index())
        {
            await catalog.TryAddAsync(backup.Of(projectId, Start.AddSeconds(-1 - index)), stop);
        }

        foreach (var (index, volume) in (Volumes ?? []).Index())
        {
            await catalog.TryAddAsync(volume.Of(projectId, Start.AddSeconds(-1 - index)), stop);
        }

        await (Restore is null ? Task.CompletedTask : Restore.AddAsync(catalog, time, projectId, restoreId, stop));
        await foreach (var row in scratch.QueryAsync<TableEntity>(cancellationToken: stop))
        {
            var isIntent = row.RowKey == restoreId.ToString();
            await (isIntent ? Task.CompletedTask : app.AddEntityAsync(row, stop));
        }
    }
}

/// <summary>A backup.</summary>
public sealed record GivenBackup(
    string Status = "available", int SizeGiB = 10, string? Name = "nightly", string? ParentId = null, int DependentCount = 0, string? Id = null)
{
    public Backup Of(ProjectId projectId, DateTimeOffset now) => new()
    {
        ProjectId = projectId,
        Id = Id is null ? GivenRows.BackupId : BackupId.Parse(Id),
        VolumeId = VolumeId.Parse("aaaaaaaa-0000-4000-8000-000000000003"),
        ParentId = ParentId is null ? null : BackupId.Parse(ParentId),
        Status = StatusNames.ParseBackupStatus(Status),
        SizeGiB = SizeGiB,
        Container = "volumebackups",
        ObjectPrefix = "volume_aaaaaaaa-0000-4000-8000-000000000003/20260101000000/az_nova_backup_8c2a7e0a-6f0f-4d5c-9d38-3f7f2f2f0b01",
        ObjectCount = 22,
        DependentCount = DependentCount,
        Name = Name,
        AvailabilityZone = "eu-de-01",
        UserId = "1f0e2d3c4b5a69788796a5b4c3d2e1f0",
        CreatedAt = now,
        DataTimestamp = now.AddSeconds(-1),
    };
}

/// <summary>A volume.</summary>
public sealed record GivenVolume(
    string Status = "available",
    int SizeGiB = 10,
    string? Name = "data",
    string? Description = null,
    Dictionary<string, string>? Metadata = null,
    string? AvailabilityZone = null,
    string? VolumeType = null,
    string? UserId = null,
    string? Id = null)
{
    public Volume Of(ProjectId projectId, DateTimeOffset now) => new()
    {
        ProjectId = projectId,
        Id = Id is null ? GivenRows.VolumeId : VolumeId.Parse(Id),
        Status = StatusNames.ParseVolumeStatus(Status),
        SizeGiB = SizeGiB,
        Name = Name,
        Description = Description,
        Metadata = Metadata ?? [],
        AvailabilityZone = AvailabilityZone,
        VolumeType = VolumeType,
        UserId = UserId,
        CreatedAt = now,
    };
}

/// <summary>A restore, as far as its status says.</summary>
public sealed record GivenRestore(RestoreStatus Status, long BytesTotal = 1000, long BytesDone = 0)
{
    public async Task AddAsync(CatalogTable catalog, FakeTimeProvider time, ProjectId projectId, RestoreId restoreId, CancellationToken cancellationToken)
    {
        var request = new RestoreRequest(projectId, GivenRows.BackupId, GivenRows.VolumeId, MayRestore: true, "user", "req-given");
        await catalog.AcceptAsync(request, (_, _, _) => Task.CompletedTask, cancellationToken);
        if (Status == RestoreStatus.Accepted)
        {
            return;
        }

        await catalog.TryBeginAsync(projectId, restoreId, cancellationToken);
        await catalog.SetTotalAsync(projectId, restoreId, BytesTotal, cancellationToken);
        await catalog.ReportProgressAsync(restoreId, 0, BytesDone, cancellationToken);
        time.Advance(TimeSpan.FromMinutes(1));
        if (Status == RestoreStatus.Succeeded)
        {
            await catalog.TryCompleteAsync(projectId, restoreId, cancellationToken);
        }
        else if (Status == RestoreStatus.Failed)
        {
            var fault = RestoreFault.Data("The sha256 of block 7 of object volume-00001 differs.");
            await catalog.TryFailAsync(projectId, restoreId, fault, VolumeStatus.ErrorRestoring, cancellationToken);
        }
    }
}

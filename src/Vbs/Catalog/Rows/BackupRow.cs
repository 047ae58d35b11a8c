using Azure.Data.Tables;
using Vbs.Restores;

namespace Vbs.Catalog.Rows;

/// <summary>A backup as a row of the table.</summary>
internal static class BackupRow
{
    public static Backup Read(TableEntity row) => row.As(ReadColumns);

    private static Backup ReadColumns(TableEntity row) => new()
    {
        ProjectId = ProjectId.Parse(row.PartitionKey),
        Id = BackupId.Parse(row.Text(nameof(Backup.Id))),
        VolumeId = VolumeId.Parse(row.Text(nameof(Backup.VolumeId))),
        ParentId = row.Id<BackupId>(nameof(Backup.ParentId)),
        Status = StatusNames.ParseBackupStatus(row.Text(Claim.Status)),
        SizeGiB = row.Number(nameof(Backup.SizeGiB)),
        Container = row.Text(nameof(Backup.Container)),
        ObjectPrefix = row.Text(nameof(Backup.ObjectPrefix)),
        Service = row.GetString(nameof(Backup.Service)),
        ObjectCount = row.Number(nameof(Backup.ObjectCount)),
        DependentCount = row.Number(nameof(Backup.DependentCount)),
        Name = row.GetString(nameof(Backup.Name)),
        Description = row.GetString(nameof(Backup.Description)),
        AvailabilityZone = row.GetString(nameof(Backup.AvailabilityZone)),
        SnapshotId = row.GetString(nameof(Backup.SnapshotId)),
        FailReason = row.GetString(nameof(Backup.FailReason)),
        UserId = row.GetString(nameof(Backup.UserId)),
        CreatedAt = row.Time(nameof(Backup.CreatedAt)),
        UpdatedAt = row.GetDateTimeOffset(Claim.UpdatedAt),
        DataTimestamp = row.GetDateTimeOffset(nameof(Backup.DataTimestamp)),
        RestoreId = row.Id<RestoreId>(Claim.RestoreId),
    };

    public static TableEntity Write(Backup backup)
    {
        var row = new TableEntity(backup.ProjectId.ToString(), Keys.Backup(backup.Id));
        row.Set(nameof(Backup.Id), backup.Id.ToString());
        row.Set(nameof(Backup.VolumeId), backup.VolumeId.ToString());
        row.Set(nameof(Backup.ParentId), backup.ParentId?.ToString());
        row.Set(Claim.Status, backup.Status.Name());
        row.Set(nameof(Backup.SizeGiB), backup.SizeGiB);
        row.Set(nameof(Backup.Container), backup.Container);
        row.Set(nameof(Backup.ObjectPrefix), backup.ObjectPrefix);
        row.Set(nameof(Backup.Service), backup.Service);
        row.Set(nameof(Backup.ObjectCount), backup.ObjectCount);
        row.Set(nameof(Backup.DependentCount), backup.DependentCount);
        row.Set(nameof(Backup.Name), backup.Name);
        row.Set(nameof(Backup.Description), backup.Description);
        row.Set(nameof(Backup.AvailabilityZone), backup.AvailabilityZone);
        row.Set(nameof(Backup.SnapshotId), backup.SnapshotId);
        row.Set(nameof(Backup.FailReason), backup.FailReason);
        row.Set(nameof(Backup.UserId), backup.UserId);
        row.Set(nameof(Backup.CreatedAt), backup.CreatedAt);
        row.Set(Claim.UpdatedAt, backup.UpdatedAt);
        row.Set(nameof(Backup.DataTimestamp), backup.DataTimestamp);
        row.Set(Claim.RestoreId, backup.RestoreId?.ToString());
        return row;
    }
}

using Azure.Data.Tables;
using Vbs.Restores;

namespace Vbs.Catalog.Rows;

/// <summary>The rows that a restore is to hold, as they were read: the backup's, and the volume's unless it is to be made.</summary>
internal sealed class ClaimedRows
{
    private const string NewVolumeDescription = "auto-created_from_restore_from_backup"; // cinder/backup/api.py, restore

    private readonly TableEntity? backup;
    private readonly TableEntity? volume;

    private ClaimedRows(TableEntity? backup, TableEntity? volume) => (this.backup, this.volume) = (backup, volume);

    /// <summary>Reads them, both at once.</summary>
    public static async Task<ClaimedRows> ReadAsync(TableClient table, RestoreRequest request, CancellationToken cancellationToken)
    {
        var partition = request.ProjectId.ToString();
        var backup = table.FindAsync(partition, Keys.Backup(request.BackupId), cancellationToken);
        var volume = request.VolumeId is { } id ? table.FindAsync(partition, Keys.Volume(id), cancellationToken) : Task.FromResult<TableEntity?>(null);
        await Task.WhenAll(backup, volume);
        return new(await backup, await volume);
    }

    /// <summary>The first rule that the request breaks.</summary>
    public Refusal? Judge(RestoreRequest request)
    {
        var source = backup is null ? null : BackupRow.Read(backup);
        return request.VolumeId is { } volumeId
            ? RestoreRules.Check(request.BackupId, source, request.MayRestore, volumeId, volume is null ? null : VolumeRow.Read(volume))
            : RestoreRules.CheckNew(request.BackupId, source, request.MayRestore);
    }

    /// <summary>The name that the volume has, or will have.</summary>
    public string? VolumeName(RestoreRequest request) =>
        volume is not null ? VolumeRow.Read(volume).Name
        : string.IsNullOrEmpty(request.NewVolumeName) ? $"restore_backup_{request.BackupId}"
        : request.NewVolumeName;

    /// <summary>The writes that give both to the restore; none takes effect when one of them has moved since it was read.</summary>
    public IEnumerable<TableTransactionAction> Claim(Restore restore)
    {
        backup!.Change(BackupStatus.Restoring.Name(), restore.Id, restore.AcceptedAt);
        if (volume is null)
        {
            var made = NewVolume(restore, BackupRow.Read(backup!).SizeGiB);
            return [TableRequests.Replacing(backup!), .. TableRequests.Adding(VolumeRow.Write(made), Keys.VolumeByAge(made.CreatedAt, made.Id))];
        }

        volume.Change(VolumeStatus.RestoringBackup.Name(), restore.Id, restore.AcceptedAt);
        return [TableRequests.Replacing(backup!), TableRequests.Replacing(volume)];
    }

    private static Volume NewVolume(Restore restore, int sizeGiB) => new()
    {
        ProjectId = restore.ProjectId,
        Id = restore.VolumeId,
        Status = VolumeStatus.RestoringBackup,
        SizeGiB = sizeGiB,
        Name = restore.VolumeName,
        Description = NewVolumeDescription,
        UserId = restore.UserId,
        CreatedAt = restore.AcceptedAt,
        RestoreId = restore.Id,
        IsNew = true,
    };
}

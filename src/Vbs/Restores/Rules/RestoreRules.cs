namespace Vbs.Restores;

/// <summary>Whether a restore may begin. Pure: the catalog reads the rows, asks here, and writes only what is allowed.</summary>
/// <remarks>Order and sentences are Cinder's (cinder/api/contrib/backups.py, cinder/backup/api.py, RestoreAPI); the codes are
/// those of the VBS table "Restoring a disk". Backup, then role, then volume: a caller who may not restore still learns
/// that a backup is missing, as in Cinder, where the policy is checked on the backup that was read.</remarks>
public static class RestoreRules
{
    /// <summary>The first rule that is broken; null when the restore may begin.</summary>
    /// <param name="backupId">The backup asked for.</param>
    /// <param name="backup">Its row in the caller's project; null when there is none.</param>
    /// <param name="mayRestore">Whether the caller's roles allow <c>backup:restore</c>.</param>
    /// <param name="volumeId">The volume asked for.</param>
    /// <param name="volume">Its row in the caller's project; null when there is none.</param>
    public static Refusal? Check(BackupId backupId, Backup? backup, bool mayRestore, VolumeId volumeId, Volume? volume) =>
        CheckSource(backupId, backup, mayRestore)
        ?? (volume is null
            ? new(RefusalKind.NotFound, "VolumeBackup.0207", $"Volume {volumeId} could not be found.")
            : CheckTarget(backup!, volume));

    /// <summary>The same for a restore to a new volume, which is as large as the backup.</summary>
    public static Refusal? CheckNew(BackupId backupId, Backup? backup, bool mayRestore) =>
        CheckSource(backupId, backup, mayRestore)
        ?? (backup!.SizeGiB > Volume.MaxSizeGiB
            ? new(RefusalKind.Invalid, null, $"Invalid volume: a new volume of {backup.SizeGiB} GiB is larger than {Volume.MaxSizeGiB}, the most that is offered.")
            : null);

    private static Refusal? CheckSource(BackupId backupId, Backup? backup, bool mayRestore)
    {
        if (backup is null)
        {
            return new(RefusalKind.NotFound, "VolumeBackup.0111", $"Backup {backupId} could not be found.");
        }

        if (!mayRestore)
        {
            return new(RefusalKind.Forbidden, "VolumeBackup.0042", "Policy doesn't allow backup:restore to be performed.");
        }

        return backup.Status == BackupStatus.Available
            ? null
            : new(RefusalKind.Invalid, "VolumeBackup.0089", "Invalid backup: Backup status must be available");
    }

    private static Refusal? CheckTarget(Backup backup, Volume volume)
    {
        if (volume.Status != VolumeStatus.Available)
        {
            var code = volume.Status is VolumeStatus.Error or VolumeStatus.ErrorRestoring ? "VolumeBackup.0202" : "VolumeBackup.0205";
            return new(RefusalKind.Invalid, code, "Invalid volume: Volume to be restored to must be available");
        }

        return volume.SizeGiB < backup.SizeGiB
            ? new(
                RefusalKind.Invalid,
                "VolumeBackup.0209",
                $"Invalid volume: volume size {volume.SizeGiB} is too small to restore backup of size {backup.SizeGiB}.")
            : null;
    }
}

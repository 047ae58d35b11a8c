namespace Vbs.Restores;

/// <summary>Whether a status may be set by hand. Cinder lets an administrator set any (cinder/api/contrib/admin_actions.py); here a project's own
/// people do it, so only what cannot hurt: available and error, of what is at rest, and the end of a running restore.</summary>
public static class ResetRules
{
    private const string Forbidden = "VolumeBackup.0042";

    /// <summary>The first rule that is broken; null when the backup's status may be set. A backup that is being restored may: it is how a restore is cancelled.</summary>
    public static Refusal? Check(BackupId id, Backup? backup, bool mayReset, BackupStatus status)
    {
        if (backup is null)
        {
            return new(RefusalKind.NotFound, "VolumeBackup.0111", $"Backup {id} could not be found.");
        }

        if (!mayReset)
        {
            return new(RefusalKind.Forbidden, Forbidden, "Policy doesn't allow volume_extension:backup_admin_actions:reset_status to be performed.");
        }

        return Moves.Check(backup.Status, status) == Move.Refused
            ? new(RefusalKind.Invalid, "VolumeBackup.0089", $"Invalid backup: Backup status {backup.Status.Name()} cannot be reset to {status.Name()}")
            : null;
    }

    /// <summary>The first rule that is broken; null when the volume's status may be set.</summary>
    public static Refusal? Check(VolumeId id, Volume? volume, bool mayReset, VolumeStatus status)
    {
        if (volume is null)
        {
            return new(RefusalKind.NotFound, "VolumeBackup.0207", $"Volume {id} could not be found.");
        }

        if (!mayReset)
        {
            return new(RefusalKind.Forbidden, Forbidden, "Policy doesn't allow volume_extension:volume_admin_actions:reset_status to be performed.");
        }

        if (volume.RestoreId is { } restoreId)
        {
            return new(
                RefusalKind.Invalid,
                "VolumeBackup.0205",
                $"Invalid volume: Volume is being restored to by job {restoreId}. Reset the status of the backup to cancel that.");
        }

        return Moves.Check(volume.Status, status) == Move.Refused
            ? new(RefusalKind.Invalid, "VolumeBackup.0205", $"Invalid volume: Volume status {volume.Status.Name()} cannot be reset to {status.Name()}")
            : null;
    }
}

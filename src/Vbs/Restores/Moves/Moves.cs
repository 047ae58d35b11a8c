namespace Vbs.Restores;

/// <summary>Every change of status that this service makes; each of the three tables is complete.</summary>
public static class Moves
{
    /// <summary>A backup is restored from, and is available again however that ends (cinder/backup/manager.py, restore_backup);
    /// a reset sets it available or in error, also in the middle of a restore, which ends it.</summary>
    public static Move Check(BackupStatus from, BackupStatus to) => (from, to) switch
    {
        (BackupStatus.Available, BackupStatus.Restoring) => Move.Allowed,
        (BackupStatus.Restoring, BackupStatus.Available) => Move.Allowed,
        (BackupStatus.Restoring, BackupStatus.Error) => Move.Allowed,
        (BackupStatus.Available, BackupStatus.Error) => Move.Allowed,
        (BackupStatus.Error, BackupStatus.Available) => Move.Allowed,
        _ => Otherwise(from == to),
    };

    /// <summary>A volume is made; it is restored to, and is available, half written or, after a cancel, in error; a reset sets what is at rest
    /// available or in error, and what is at rest may be deleted (cinder/volume/api.py, delete).</summary>
    public static Move Check(VolumeStatus from, VolumeStatus to) => (from, to) switch
    {
        (VolumeStatus.Creating, VolumeStatus.Available) => Move.Allowed,
        (VolumeStatus.Available, VolumeStatus.RestoringBackup) => Move.Allowed,
        (VolumeStatus.RestoringBackup, VolumeStatus.Available) => Move.Allowed,
        (VolumeStatus.RestoringBackup, VolumeStatus.ErrorRestoring) => Move.Allowed,
        (VolumeStatus.RestoringBackup, VolumeStatus.Error) => Move.Allowed,
        (VolumeStatus.Available or VolumeStatus.Error or VolumeStatus.ErrorRestoring, VolumeStatus.Deleting) => Move.Allowed,
        (VolumeStatus.Available, VolumeStatus.Error) => Move.Allowed,
        (VolumeStatus.Error, VolumeStatus.Available) => Move.Allowed,
        (VolumeStatus.ErrorRestoring, VolumeStatus.Available) => Move.Allowed,
        (VolumeStatus.ErrorRestoring, VolumeStatus.Error) => Move.Allowed,
        _ => Otherwise(from == to),
    };

    /// <summary>A restore begins and ends; it may fail before it begins.</summary>
    public static Move Check(RestoreStatus from, RestoreStatus to) => (from, to) switch
    {
        (RestoreStatus.Accepted, RestoreStatus.Running) => Move.Allowed,
        (RestoreStatus.Accepted, RestoreStatus.Failed) => Move.Allowed,
        (RestoreStatus.Running, RestoreStatus.Succeeded) => Move.Allowed,
        (RestoreStatus.Running, RestoreStatus.Failed) => Move.Allowed,
        _ => Otherwise(from == to),
    };

    private static Move Otherwise(bool isThere) => isThere ? Move.AlreadyMade : Move.Refused;
}

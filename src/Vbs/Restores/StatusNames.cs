namespace Vbs.Restores;

/// <summary>The statuses as OpenStack writes them (cinder/objects/fields.py): on the wire and in the catalog.</summary>
public static class StatusNames
{
    /// <summary>The name of a backup's status, such as <c>error_deleting</c>.</summary>
    public static string Name(this BackupStatus status) => status switch
    {
        BackupStatus.Available => "available",
        BackupStatus.Restoring => "restoring",
        BackupStatus.Creating => "creating",
        BackupStatus.Deleting => "deleting",
        BackupStatus.Deleted => "deleted",
        BackupStatus.Error => "error",
        BackupStatus.ErrorDeleting => "error_deleting",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status of a backup."),
    };

    /// <summary>The name of a volume's status, such as <c>restoring-backup</c>.</summary>
    public static string Name(this VolumeStatus status) => status switch
    {
        VolumeStatus.Available => "available",
        VolumeStatus.RestoringBackup => "restoring-backup",
        VolumeStatus.ErrorRestoring => "error_restoring",
        VolumeStatus.Error => "error",
        VolumeStatus.Creating => "creating",
        VolumeStatus.Deleting => "deleting",
        VolumeStatus.InUse => "in-use",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status of a volume."),
    };

    /// <summary>Reads a backup's status.</summary>
    /// <exception cref="FormatException">Not one of its names, in lower case.</exception>
    public static BackupStatus ParseBackupStatus(string name) =>
        Parse(name, Enum.GetValues<BackupStatus>(), static status => status.Name());

    /// <summary>Reads a volume's status.</summary>
    /// <exception cref="FormatException">Not one of its names, in lower case.</exception>
    public static VolumeStatus ParseVolumeStatus(string name) =>
        Parse(name, Enum.GetValues<VolumeStatus>(), static status => status.Name());

    private static TStatus Parse<TStatus>(string name, TStatus[] all, Func<TStatus, string> nameOf)
        where TStatus : struct, Enum
    {
        var found = Array.FindIndex(all, status => nameOf(status) == name);
        return found >= 0 ? all[found] : throw new FormatException($"'{name}' is not a {typeof(TStatus).Name}.");
    }
}

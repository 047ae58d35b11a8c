using Vbs.Restores;

namespace Vbs.Backups;

/// <summary>What is wrong with a backup, said in one way: the backup first, then the sentence.</summary>
internal static class Damage
{
    /// <summary>Something the backup needs is not there: VolumeBackup.0111.</summary>
    public static RestoreFaultException Missing(BackupId backup, string what) =>
        new(new RestoreFault("VolumeBackup.0111", $"Backup {backup}: {what}"));

    /// <summary>An object is there, but offline until somebody rehydrates it, which takes hours: VolumeBackup.0200.</summary>
    public static RestoreFaultException Archived(BackupId backup, string blobName) =>
        Data(backup, $"object {blobName} is in the archive tier; move it to another tier first.");

    /// <summary>The backup's data cannot be used: VolumeBackup.0200.</summary>
    public static RestoreFaultException Data(BackupId backup, string what) =>
        new(RestoreFault.Data($"Backup {backup}: {what}"));

    /// <summary>An object's data cannot be used: VolumeBackup.0200.</summary>
    public static RestoreFaultException Data(string blobName, string what) =>
        new(RestoreFault.Data($"Object {blobName}: {what}"));
}

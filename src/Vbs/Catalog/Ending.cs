using Vbs.Restores;

namespace Vbs.Catalog;

/// <summary>What a restore ends as, and what becomes of the two that it held.</summary>
/// <param name="Status"><see cref="RestoreStatus.Succeeded"/> or <see cref="RestoreStatus.Failed"/>.</param>
/// <param name="Backup">Status of the backup after it.</param>
/// <param name="Volume">Status of the volume after it.</param>
/// <param name="Fault">Why it failed; null when it succeeded.</param>
internal sealed record Ending(RestoreStatus Status, BackupStatus Backup, VolumeStatus Volume, RestoreFault? Fault)
{
    /// <summary>Every byte is there.</summary>
    public static Ending Success { get; } = new(RestoreStatus.Succeeded, BackupStatus.Available, VolumeStatus.Available, Fault: null);

    /// <summary>It cannot go on, or shall not.</summary>
    public static Ending Failure(RestoreFault fault, VolumeStatus volume, BackupStatus backup) => new(RestoreStatus.Failed, backup, volume, fault);
}

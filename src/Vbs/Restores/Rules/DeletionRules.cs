namespace Vbs.Restores;

/// <summary>Whether a volume may be deleted. Pure. Order and sentences are Cinder's (cinder/volume/api.py, delete).</summary>
public static class DeletionRules
{
    // cinder/volume/api.py; of its statuses, three do not occur here.
    private const string AtRest =
        "Invalid volume: Volume status must be available or error or error_restoring or error_extending or error_managing and must not be migrating, "
        + "attached, belong to a group, have snapshots, awaiting a transfer, or be disassociated from snapshots after volume transfer.";

    /// <summary>The first rule that is broken; null when the volume may be deleted.</summary>
    /// <param name="id">The volume asked for.</param>
    /// <param name="volume">Its row in the caller's project; null when there is none.</param>
    /// <param name="mayDelete">Whether the caller's roles allow <c>volume:delete</c>.</param>
    /// <param name="isLeased">Whether somebody holds its blob's lease: a disk in use is attached, whatever its record says.</param>
    public static Refusal? Check(VolumeId id, Volume? volume, bool mayDelete, bool isLeased)
    {
        if (volume is null)
        {
            return new(RefusalKind.NotFound, "VolumeBackup.0207", $"Volume {id} could not be found.");
        }

        if (!mayDelete)
        {
            return new(RefusalKind.Forbidden, "VolumeBackup.0042", "Policy doesn't allow volume:delete to be performed.");
        }

        return isLeased || Moves.Check(volume.Status, VolumeStatus.Deleting) != Move.Allowed ? new(RefusalKind.Invalid, null, AtRest) : null;
    }
}

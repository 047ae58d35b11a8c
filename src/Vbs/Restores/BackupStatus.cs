namespace Vbs.Restores;

/// <summary>What a backup is doing (cinder/objects/fields.py, BackupStatus).</summary>
public enum BackupStatus
{
    /// <summary>Complete, and free to be restored.</summary>
    Available,

    /// <summary>Being restored to a volume. Ends as <see cref="Available"/>, whatever becomes of the restore.</summary>
    Restoring,

    /// <summary>Being made.</summary>
    Creating,

    /// <summary>Being deleted.</summary>
    Deleting,

    /// <summary>Gone; kept for its record only.</summary>
    Deleted,

    /// <summary>Not usable.</summary>
    Error,

    /// <summary>A deletion failed.</summary>
    ErrorDeleting,
}

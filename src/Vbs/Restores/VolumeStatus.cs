namespace Vbs.Restores;

/// <summary>What a volume is doing (cinder/objects/fields.py, VolumeStatus; the part this service uses).</summary>
public enum VolumeStatus
{
    /// <summary>At rest, and free to be restored to.</summary>
    Available,

    /// <summary>A restore is writing it: it is neither its old content nor its new.</summary>
    RestoringBackup,

    /// <summary>A restore failed: the content is part old, part new. A further restore makes it whole.</summary>
    ErrorRestoring,

    /// <summary>A restore was cancelled, or the volume is otherwise not usable.</summary>
    Error,

    /// <summary>Being made.</summary>
    Creating,

    /// <summary>Being deleted.</summary>
    Deleting,

    /// <summary>Attached to a server.</summary>
    InUse,
}

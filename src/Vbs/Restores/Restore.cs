namespace Vbs.Restores;

/// <summary>One restore of one backup to one volume, from its acceptance to its end.</summary>
public sealed record Restore
{
    /// <summary>The project that asked.</summary>
    public required ProjectId ProjectId { get; init; }

    /// <summary>Its id, also the job's.</summary>
    public required RestoreId Id { get; init; }

    /// <summary>The backup to read (the newest of its chain).</summary>
    public required BackupId BackupId { get; init; }

    /// <summary>The volume to write.</summary>
    public required VolumeId VolumeId { get; init; }

    /// <summary>The volume's name when the restore was accepted, as the answer tells it; null when it had none.</summary>
    public string? VolumeName { get; init; }

    /// <summary>How far it is.</summary>
    public required RestoreStatus Status { get; init; }

    /// <summary>The user who asked.</summary>
    public string? UserId { get; init; }

    /// <summary>The <c>x-openstack-request-id</c> of the call that asked.</summary>
    public string? RequestId { get; init; }

    /// <summary>When it was accepted, UTC.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>When it ended, UTC; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Bytes the plan will write; null until it is planned.</summary>
    public long? BytesTotal { get; init; }

    /// <summary>Bytes verified and written, cleared ones included.</summary>
    public long BytesDone { get; init; }

    /// <summary>Why it failed; null otherwise.</summary>
    public RestoreFault? Fault { get; init; }
}

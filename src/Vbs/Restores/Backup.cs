namespace Vbs.Restores;

/// <summary>A backup as the catalog knows it. Its bytes are chunk objects in Blob Storage, found by container and prefix.</summary>
public sealed record Backup
{
    /// <summary>The project that owns it.</summary>
    public required ProjectId ProjectId { get; init; }

    /// <summary>Its id.</summary>
    public required BackupId Id { get; init; }

    /// <summary>The volume it was made of, which need not exist here.</summary>
    public required VolumeId VolumeId { get; init; }

    /// <summary>The backup that this increment builds on; null for a full backup.</summary>
    public BackupId? ParentId { get; init; }

    /// <summary>What it is doing.</summary>
    public required BackupStatus Status { get; init; }

    /// <summary>Size of the volume it was made of, in GiB.</summary>
    public required int SizeGiB { get; init; }

    /// <summary>Cinder's container: the folder of the objects inside our backup container. May hold slashes.</summary>
    public required string Container { get; init; }

    /// <summary>Start of the names of its objects (Cinder's <c>service_metadata</c>).</summary>
    public required string ObjectPrefix { get; init; }

    /// <summary>The driver that made it (Cinder's <c>service</c>), which a Cinder asks for when it imports the record; null when that is not known.</summary>
    public string? Service { get; init; }

    /// <summary>How many chunk objects Cinder counted.</summary>
    public int ObjectCount { get; init; }

    /// <summary>How many increments build directly on it.</summary>
    public int DependentCount { get; init; }

    /// <summary>Display name.</summary>
    public string? Name { get; init; }

    /// <summary>Display description.</summary>
    public string? Description { get; init; }

    /// <summary>Availability zone it was made in.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>Snapshot it was made of, when there was one.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>Why it is in error.</summary>
    public string? FailReason { get; init; }

    /// <summary>The user who made it.</summary>
    public string? UserId { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its record last changed, UTC.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The moment whose data it holds, UTC.</summary>
    public DateTimeOffset? DataTimestamp { get; init; }

    /// <summary>The restore that is reading it; null when none is.</summary>
    public RestoreId? RestoreId { get; init; }
}

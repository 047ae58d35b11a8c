using System.Collections.ObjectModel;

namespace Vbs.Restores;

/// <summary>A volume as the catalog knows it. Its bytes are a page blob, see the Volumes room.</summary>
public sealed record Volume
{
    /// <summary>The largest, in GiB: a page blob holds 8 TiB (learn.microsoft.com/azure/storage/blobs/scalability-targets), the VHD footer included.</summary>
    public const int MaxSizeGiB = 8191;

    /// <summary>The project that owns it.</summary>
    public required ProjectId ProjectId { get; init; }

    /// <summary>Its id.</summary>
    public required VolumeId Id { get; init; }

    /// <summary>What it is doing.</summary>
    public required VolumeStatus Status { get; init; }

    /// <summary>Size of its content in GiB.</summary>
    public required int SizeGiB { get; init; }

    /// <summary>Display name; may be missing.</summary>
    public string? Name { get; init; }

    /// <summary>Display description.</summary>
    public string? Description { get; init; }

    /// <summary>What its owner, or a restore, has noted of it. Two volumes are equal only when they share the instance.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Availability zone it was asked for in; a name that is kept, for there is only one place.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>Type it was asked for in; a name that is kept, as the zone.</summary>
    public string? VolumeType { get; init; }

    /// <summary>The user who made it.</summary>
    public string? UserId { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its record last changed, UTC.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The restore that is writing it; null when none is.</summary>
    public RestoreId? RestoreId { get; init; }

    /// <summary>The restore that wrote it last and has ended; null when none has. Its process may have died with the volume's lease in hand.</summary>
    public RestoreId? LastRestoreId { get; init; }

    /// <summary>Whether it was made for a restore and none has succeeded yet: only then may its page blob not be there, for the work of a
    /// restore makes it.</summary>
    public bool IsNew { get; init; }
}

namespace Vbs.Restores;

/// <summary>A volume as the catalog knows it. Its bytes are a page blob, see the Volumes room.</summary>
public sealed record Volume
{
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

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its record last changed, UTC.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The restore that is writing it; null when none is.</summary>
    public RestoreId? RestoreId { get; init; }
}

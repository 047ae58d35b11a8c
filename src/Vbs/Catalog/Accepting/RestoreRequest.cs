using Vbs.Restores;

namespace Vbs.Catalog;

/// <summary>A wish to restore a backup to a volume, read and authenticated but not yet judged.</summary>
/// <param name="ProjectId">The caller's project; backup and volume are looked for only there.</param>
/// <param name="BackupId">The backup to read (the newest of its chain).</param>
/// <param name="VolumeId">The volume to write; null asks for a new one, as large as the backup.</param>
/// <param name="MayRestore">Whether the caller's roles allow <c>backup:restore</c>; judged after the backup is found, as in Cinder.</param>
/// <param name="UserId">The caller, for the record.</param>
/// <param name="RequestId">The <c>x-openstack-request-id</c> of the call, for the record.</param>
public sealed record RestoreRequest(
    ProjectId ProjectId, BackupId BackupId, VolumeId? VolumeId, bool MayRestore, string? UserId, string? RequestId)
{
    /// <summary>Name of the new volume; null or empty for Cinder's <c>restore_backup_…</c>. Without meaning when <see cref="VolumeId"/> is given.</summary>
    public string? NewVolumeName { get; init; }

    /// <summary>What makes the request safe to repeat; null when the client did not ask for that.</summary>
    public Repeatability? Repeatability { get; init; }
}

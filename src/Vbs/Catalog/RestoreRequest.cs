using Vbs.Restores;

namespace Vbs.Catalog;

/// <summary>A wish to restore a backup to a volume, read and authenticated but not yet judged.</summary>
/// <param name="ProjectId">The caller's project; backup and volume are looked for only there.</param>
/// <param name="BackupId">The backup to read (the newest of its chain).</param>
/// <param name="VolumeId">The volume to write.</param>
/// <param name="MayRestore">Whether the caller's roles allow <c>backup:restore</c>; judged after the backup is found, as in Cinder.</param>
/// <param name="UserId">The caller, for the record.</param>
/// <param name="RequestId">The <c>x-openstack-request-id</c> of the call, for the record.</param>
public sealed record RestoreRequest(
    ProjectId ProjectId, BackupId BackupId, VolumeId VolumeId, bool MayRestore, string? UserId, string? RequestId);

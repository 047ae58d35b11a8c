using System.Collections.Frozen;
using Vbs.Restores;

namespace Vbs.Identity;

/// <summary>Who calls: what a valid token says.</summary>
/// <param name="projectId">The project that the token is scoped to.</param>
/// <param name="userId">The user, for the record of what they do.</param>
/// <param name="roles">Names of their roles in the project, in any case: Keystone compares them so (keystone role names are case-insensitive).</param>
public sealed class Caller(ProjectId projectId, string userId, IEnumerable<string> roles)
{
    private readonly FrozenSet<string> roles = roles.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The project that the token is scoped to.</summary>
    public ProjectId ProjectId { get; } = projectId;

    /// <summary>The user.</summary>
    public string UserId { get; } = userId;

    /// <summary>Whether they may start or cancel a restore: <c>member</c> or <c>admin</c> (cinder/policies/backups.py, backup:restore).</summary>
    public bool MayRestore => roles.Contains("member") || roles.Contains("admin");

    /// <summary>Whether they may make and delete volumes: <c>member</c> or <c>admin</c> (cinder/policies/volumes.py, volume:create and volume:delete).</summary>
    public bool MayManageVolumes => MayRestore;

    /// <summary>Whether they may delete a volume by force: <c>admin</c> (cinder/policies/volumes.py, volume:force_delete).</summary>
    public bool MayForceDelete => roles.Contains("admin");

    /// <summary>Whether they may bring in a backup by its record: <c>admin</c> (cinder/policies/backups.py, backup:backup-import). The record says which
    /// objects are the backup's, so who may write one could name another project's.</summary>
    public bool MayImport => roles.Contains("admin");

    /// <summary>Whether they may look at backups, volumes and jobs: <c>reader</c>, or whoever may restore.</summary>
    public bool MayRead => MayRestore || roles.Contains("reader");
}

using Vbs.Catalog;
using Vbs.Restores;

namespace VbsTool.Volumes;

/// <summary>Finds disks that can be read.</summary>
internal static class VolumeReader
{
    /// <summary>The disk's row.</summary>
    /// <exception cref="ToolException">There is none, or the disk is neither its old content nor its new at the moment.</exception>
    public static async Task<Volume> FindReadableAsync(this CatalogTable catalog, ProjectId projectId, VolumeId id, CancellationToken cancellationToken)
    {
        var volume = await catalog.FindVolumeAsync(projectId, id, cancellationToken)
            ?? throw new ToolException($"Volume {id} could not be found in project {projectId}.");
        return volume.Status is VolumeStatus.RestoringBackup or VolumeStatus.Creating or VolumeStatus.Deleting
            ? throw new ToolException($"Volume {id} is being changed ({volume.Status}): read it when that has ended.")
            : volume;
    }
}

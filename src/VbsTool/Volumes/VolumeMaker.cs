using Vbs;
using Vbs.Restores;

namespace VbsTool.Volumes;

/// <summary>Makes empty disks, and does not return before they are whole: no service may be running that would finish them.</summary>
internal sealed class VolumeMaker(VolumeLifecycle volumes, TimeProvider time)
{
    /// <summary>Makes a disk. Safe to repeat with the same id and size, also after an interruption; what is there is left as it is.</summary>
    /// <exception cref="ToolException">A disk of that id and another size is there.</exception>
    public async Task MakeAsync(ProjectId projectId, VolumeId id, int sizeGiB, string? name, CancellationToken cancellationToken)
    {
        var wanted = new Volume
        {
            ProjectId = projectId,
            Id = id,
            Status = VolumeStatus.Creating,
            SizeGiB = sizeGiB,
            Name = name,
            CreatedAt = time.GetUtcNow(),
        };
        try
        {
            var made = await volumes.CreateAsync(wanted, cancellationToken);
            if (made.Status == VolumeStatus.Creating)
            {
                await volumes.FinishAsync(made, cancellationToken); // Which says what has gone wrong, unless it has passed.
            }
        }
        catch (InvalidOperationException otherSize)
        {
            throw new ToolException(otherSize.Message);
        }
    }
}

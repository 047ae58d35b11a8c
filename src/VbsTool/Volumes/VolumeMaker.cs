using Vbs.Catalog;
using Vbs.Restores;
using Vbs.Volumes;

namespace VbsTool.Volumes;

/// <summary>Makes empty disks: first the bytes, then the row, so that a row never promises a disk that is not there.</summary>
internal sealed class VolumeMaker(CatalogTable catalog, VolumeStore volumes, TimeProvider time)
{
    /// <summary>Makes a disk. Safe to repeat with the same id and size, also after an interruption; what is there is left as it is.</summary>
    /// <exception cref="ToolException">A disk of that id and another size is there.</exception>
    public async Task MakeAsync(ProjectId projectId, VolumeId id, int sizeGiB, string? name, CancellationToken cancellationToken)
    {
        if (await IsThereAsync(projectId, id, sizeGiB, cancellationToken))
        {
            return;
        }

        await CreateBytesAsync(projectId, id, sizeGiB, cancellationToken);
        var volume = new Volume
        {
            ProjectId = projectId,
            Id = id,
            Status = VolumeStatus.Available,
            SizeGiB = sizeGiB,
            Name = name,
            CreatedAt = time.GetUtcNow(),
        };
        if (!await catalog.TryAddAsync(volume, cancellationToken))
        {
            // Made by somebody else meanwhile.
            await IsThereAsync(projectId, id, sizeGiB, cancellationToken);
        }
    }

    private async Task CreateBytesAsync(ProjectId projectId, VolumeId id, int sizeGiB, CancellationToken cancellationToken)
    {
        try
        {
            await volumes.CreateAsync(projectId, id, sizeGiB, cancellationToken);
        }
        catch (InvalidOperationException otherSize)
        {
            throw new ToolException(otherSize.Message);
        }
    }

    private async Task<bool> IsThereAsync(ProjectId projectId, VolumeId id, int sizeGiB, CancellationToken cancellationToken)
    {
        var existing = await catalog.FindVolumeAsync(projectId, id, cancellationToken);
        return existing is null || existing.SizeGiB == sizeGiB
            ? existing is not null
            : throw new ToolException($"Volume {id} is there already, with {existing.SizeGiB} GiB.");
    }
}

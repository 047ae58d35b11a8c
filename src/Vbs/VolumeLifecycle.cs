using Microsoft.Extensions.Logging;
using Vbs.Catalog.Volumes;
using Vbs.Restores;
using Vbs.Volumes;

namespace Vbs;

/// <summary>Makes and deletes volumes: record and bytes, of which the record comes first and goes last.</summary>
/// <remarks><para>A note comes before both (<see cref="VolumeWork"/>), then the record as <c>creating</c> or <c>deleting</c>: from there on the volume
/// will be whole or gone without anyone asking again, because the sweep finishes whatever a dead process, or storage in trouble, left. No bytes
/// are ever without a record; a record without bytes says so by its status.</para>
/// Safe for use by many threads. Any method may throw <see cref="Azure.RequestFailedException"/> when storage refuses, throttles or cannot be reached.</remarks>
/// <param name="records">The records.</param>
/// <param name="bytes">The disks themselves.</param>
/// <param name="time">The clock that ages notes.</param>
/// <param name="log">Told of what could not be finished at once.</param>
public sealed class VolumeLifecycle(VolumeRecords records, VolumeStore bytes, TimeProvider time, ILogger<VolumeLifecycle> log)
{
    // A courtesy to the request that is still at it: finishing twice at once is only wasteful.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    // A note of a volume at rest, or of none: the request that wrote it is dead, or has not come to the record yet. No request takes that long.
    private static readonly TimeSpan NoteKept = TimeSpan.FromHours(1);

    /// <summary>Makes a volume that reads as zeros. Safe to repeat with the same id and size; what is there is left as it is.</summary>
    /// <param name="volume">What to make; its status is ours to say.</param>
    /// <param name="cancellationToken">Gives up; once the record is stored, the volume will be made all the same.</param>
    /// <returns>The volume as it is now: at rest, or <c>creating</c> when the bytes could not be made yet.</returns>
    /// <exception cref="InvalidOperationException">There is one of that id and another size. It was not touched.</exception>
    public async Task<Volume> CreateAsync(Volume volume, CancellationToken cancellationToken)
    {
        var made = volume with { Status = VolumeStatus.Creating };
        await records.NoteWorkAsync(made.ProjectId, made.Id, cancellationToken);
        if (!await records.TryAddAsync(made, cancellationToken))
        {
            // Somebody else's, or this very call's: the client repeats a request whose answer was lost.
            made = await records.FindAsync(volume.ProjectId, volume.Id, cancellationToken) ?? made;
        }

        return made.SizeGiB == volume.SizeGiB
            ? await TryFinishAsync(made, cancellationToken) ?? made
            : throw new InvalidOperationException($"Volume {volume.Id} is there already, with {made.SizeGiB} GiB.");
    }

    /// <summary>Deletes a volume, or says why not. Null means: it is gone, or will be without anyone asking again.</summary>
    /// <param name="projectId">The project.</param>
    /// <param name="id">The volume.</param>
    /// <param name="mayDelete">Whether the caller's roles allow it.</param>
    /// <param name="cancellationToken">Gives up; once the record says <c>deleting</c>, the volume will go all the same.</param>
    public async Task<Refusal?> DeleteAsync(ProjectId projectId, VolumeId id, bool mayDelete, CancellationToken cancellationToken)
    {
        var (reading, asking) = (records.FindAsync(projectId, id, cancellationToken), bytes.IsLeasedAsync(projectId, id, cancellationToken));
        await Task.WhenAll(reading, asking);
        if (DeletionRules.Check(id, await reading, mayDelete, await asking) is { } refusal)
        {
            return refusal;
        }

        await records.NoteWorkAsync(projectId, id, cancellationToken);
        if (await records.TryMoveAsync(projectId, id, VolumeStatus.Deleting, cancellationToken) is not { } volume)
        {
            // A restore, or another deletion that has ended, was faster: what is true now says why. The sweep takes the note away.
            return DeletionRules.Check(id, await records.FindAsync(projectId, id, cancellationToken), mayDelete, isLeased: true);
        }

        await TryFinishAsync(volume, cancellationToken);
        return null;
    }

    /// <summary>Finishes what dead processes left. Run it about once a minute; safe to repeat and to run twice at once.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await foreach (var work in records.ListWorkAsync(cancellationToken))
        {
            var age = time.GetUtcNow() - work.WrittenAt;
            if (age < Grace)
            {
                continue;
            }

            var volume = await records.FindAsync(work.ProjectId, work.VolumeId, cancellationToken);
            if (volume is { Status: VolumeStatus.Creating or VolumeStatus.Deleting })
            {
                log.VolumeFinishing(volume.Id, volume.Status);
                await TryFinishAsync(volume, cancellationToken);
            }
            else if (age > NoteKept)
            {
                await records.RemoveWorkAsync(work.VolumeId, cancellationToken);
            }
        }
    }

    /// <summary>Carries a volume that is being made or deleted to its end, and takes the note away. Safe to repeat, and to run twice at once.</summary>
    /// <returns>The volume as it is now; null when it is gone.</returns>
    /// <exception cref="InvalidOperationException">There are bytes of that id and another size. They were not touched, and the record is gone.</exception>
    public async Task<Volume?> FinishAsync(Volume volume, CancellationToken cancellationToken)
    {
        var finished = volume;
        if (volume.Status == VolumeStatus.Creating)
        {
            await CreateBytesAsync(volume, cancellationToken);
            finished = await records.TryMoveAsync(volume.ProjectId, volume.Id, VolumeStatus.Available, cancellationToken) ?? volume;
        }
        else if (volume.Status == VolumeStatus.Deleting)
        {
            if (!await bytes.TryDeleteAsync(volume.ProjectId, volume.Id, cancellationToken))
            {
                return volume; // Leased since it was asked: it goes when the lease does.
            }

            await records.RemoveAsync(volume, cancellationToken);
            finished = null;
        }

        await records.RemoveWorkAsync(volume.Id, cancellationToken);
        return finished;
    }

    private async Task CreateBytesAsync(Volume volume, CancellationToken cancellationToken)
    {
        try
        {
            await bytes.CreateAsync(volume.ProjectId, volume.Id, volume.SizeGiB, cancellationToken);
        }
        catch (InvalidOperationException)
        {
            // Only with an id that somebody chose, and no repeat would change it: a record that cannot become true must not stay.
            await records.RemoveAsync(volume, cancellationToken);
            await records.RemoveWorkAsync(volume.Id, cancellationToken);
            throw;
        }
    }

    // Whatever goes wrong here, the volume is stored as being made or deleted: the caller is told so, and the sweep finishes it.
    private async Task<Volume?> TryFinishAsync(Volume volume, CancellationToken cancellationToken)
    {
        var finishing = FinishAsync(volume, cancellationToken);
        await Task.WhenAny(finishing);
        if (finishing.IsCompletedSuccessfully)
        {
            return await finishing;
        }

        log.VolumeUnfinished(finishing.Exception, volume.Id, volume.Status);
        return volume;
    }
}

using Azure.Storage.Blobs;
using Vbs.Restores;
using Vbs.Restores.Planning;

namespace Vbs.Backups;

/// <summary>Finds a backup of the same project by its id; null when there is none.</summary>
public delegate Task<Backup?> FindBackup(BackupId id, CancellationToken cancellationToken);

/// <summary>Plans a restore: which bytes of which object go where, and what proves them.</summary>
/// <remarks>1. Follow the chain from the newest backup to the full one. 2. Newest first, read each one's metadata, compare it
/// with the objects that exist, and claim its bytes: what a newer backup holds is not fetched from an older one.
/// 3. Pack the newest backup's SHA-256 digests into a blob. 4. Write the plan, segment by segment.
/// Memory grows with the number of objects, not with the volume. What the objects contain is not looked at here.
/// A chain has no gaps: Cinder's full backup holds every byte of its volume (cinder/backup/chunkeddriver.py, <c>backup</c>).
/// Bytes of the volume past that content belong to no backup and stay as they are.</remarks>
public sealed class RestorePlanner(BlobContainerClient backups, PlanStore plans)
{
    /// <summary>Plans, and writes plan and digests before it returns. Safe to repeat: the same blobs, byte for byte.</summary>
    /// <param name="restoreId">Names the blobs.</param>
    /// <param name="newest">The backup to restore.</param>
    /// <param name="volumeSizeGiB">Size of the volume to restore to, in GiB.</param>
    /// <param name="find">Finds the parents.</param>
    /// <param name="cancellationToken">Stops it; blobs that were being written are as they were.</param>
    /// <returns>Exactly one of the two. Faults: VolumeBackup.0111 for a missing backup or object, VolumeBackup.0200 for data
    /// that cannot be restored. Storage trouble (429, 5xx, timeouts) is an exception.</returns>
    public async Task<(RestorePlan? Plan, RestoreFault? Fault)> PlanAsync(
        RestoreId restoreId, Backup newest, int volumeSizeGiB, FindBackup find, CancellationToken cancellationToken)
    {
        try
        {
            var chain = await BackupChain.ReadAsync(newest, find, cancellationToken);
            var (live, contentBytes) = await MergeAsync(chain, volumeSizeGiB, cancellationToken);
            await plans.EnsureContainerAsync(cancellationToken);
            var digests = await PackDigestsAsync(restoreId, newest, volumeSizeGiB, contentBytes, cancellationToken);
            var objects = live.Select(item => new SegmentObject(item.Backup.Chunk(item.Index), item.Live, item.Live.All(digests.Covers)));
            var (segments, liveBytes) = await plans.WriteAsync(restoreId, Segmentation.Cut(objects), cancellationToken);
            return (new RestorePlan(segments, liveBytes, digests.BlockBytes, digests.ContentBytes), null);
        }
        catch (RestoreFaultException unusable)
        {
            return (null, unusable.Fault);
        }
    }

    private async Task<(List<LiveObject> Live, long ContentBytes)> MergeAsync(
        IReadOnlyList<Backup> chain, int volumeSizeGiB, CancellationToken cancellationToken)
    {
        var coverage = new Coverage();
        var live = new List<LiveObject>();
        foreach (var backup in chain)
        {
            var objects = await BackupObjects.ReadAsync(backups, backup, volumeSizeGiB, cancellationToken);
            var claimed = coverage.Claim(objects.Ranges);
            live.AddRange(claimed.Index().Where(part => part.Item.Count > 0).Select(part => new LiveObject(objects, part.Index, part.Item)));
        }

        live.Sort((left, right) => left.Live[0].OffsetBytes.CompareTo(right.Live[0].OffsetBytes));
        return coverage.FirstGap is { } gap
            ? throw Damage.Data(chain[0].Id, $"no object of its chain holds bytes {gap.OffsetBytes} to {gap.EndBytes}.")
            : (live, coverage.EndBytes);
    }

    private async Task<DigestIndex> PackDigestsAsync(
        RestoreId restoreId, Backup newest, int volumeSizeGiB, long contentBytes, CancellationToken cancellationToken)
    {
        await using var json = await BlobReading.OpenAsync(backups, newest, ObjectNames.Sha256File(newest), cancellationToken);
        var packed = plans.Digests(restoreId);
        var document = new Sha256Document(newest, volumeSizeGiB * (1L << 30), packed);
        await document.ReadAsync(json, JsonTokens.BufferBytes, cancellationToken);
        document.Finish();
        var index = DigestIndex.Of(document.BlockBytes, document.Blocks, contentBytes)
            ?? throw Damage.Data(newest.Id, $"its sha256 file has {document.Blocks} digests of {document.BlockBytes} bytes, but its chain holds only {contentBytes} bytes.");
        await packed.CommitAsync([], cancellationToken);
        return index;
    }

    private readonly record struct LiveObject(BackupObjects Backup, int Index, IReadOnlyList<ByteRange> Live);
}

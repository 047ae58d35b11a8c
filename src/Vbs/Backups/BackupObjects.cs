using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Vbs.Restores;
using Vbs.Restores.Planning;

namespace Vbs.Backups;

/// <summary>The objects of one backup as its metadata lists them and as they are stored; both must agree.</summary>
/// <param name="backup">Whose objects.</param>
/// <param name="objects">By ascending offset.</param>
/// <param name="storedBytes">Length of each one's blob.</param>
internal sealed class BackupObjects(Backup backup, IReadOnlyList<BackupObject> objects, long[] storedBytes)
{
    /// <summary>Their ranges, ascending and disjoint.</summary>
    public IReadOnlyList<ByteRange> Ranges => [.. objects.Select(item => item.Range)];

    /// <summary>Reads the metadata, then compares it with a listing of the blobs.</summary>
    /// <exception cref="RestoreFaultException">VolumeBackup.0111: the metadata or an object is missing. VolumeBackup.0200: the
    /// metadata cannot be used, an object is not in it or in the archive tier, or one stored as it is has another length.</exception>
    public static async Task<BackupObjects> ReadAsync(
        BlobContainerClient backups, Backup backup, int volumeSizeGiB, CancellationToken cancellationToken)
    {
        await using var metadata = await BlobReading.OpenAsync(backups, backup, ObjectNames.Metadata(backup), cancellationToken);
        var objects = await BackupMetadata.ReadAsync(metadata, backup, volumeSizeGiB, cancellationToken);
        var stored = await ListAsync(backups, backup, objects.Count, cancellationToken);
        var storedBytes = new long[objects.Count];
        for (var i = 0; i < objects.Count; i++)
        {
            storedBytes[i] = stored.Remove(objects[i].Number, out var length)
                ? length
                : throw Damage.Missing(backup.Id, $"object {ObjectNames.Chunk(backup, objects[i].Number)} is missing.");
            if (objects[i].Compression == Compression.None && length != objects[i].Range.LengthBytes)
            {
                throw Damage.Data(backup.Id, $"object {ObjectNames.Chunk(backup, objects[i].Number)} has {length} bytes, its metadata says {objects[i].Range.LengthBytes}.");
            }
        }

        return stored.Count == 0
            ? new BackupObjects(backup, objects, storedBytes)
            : throw Unlisted(backup, ObjectNames.Chunk(backup, stored.Keys.Min()));
    }

    /// <summary>One object, as a plan names it.</summary>
    public ChunkObject Chunk(int index) => new(
        ObjectNames.Chunk(backup, objects[index].Number),
        objects[index].Range,
        objects[index].Compression,
        objects[index].Md5.ToString("x32", null),
        storedBytes[index]);

    // Cinder compares the same way, and refuses on any difference (cinder/backup/chunkeddriver.py, _restore_v1).
    private static async Task<Dictionary<int, long>> ListAsync(
        BlobContainerClient backups, Backup backup, int expected, CancellationToken cancellationToken)
    {
        var stem = ObjectNames.Stem(backup);
        var stored = new Dictionary<int, long>(expected);
        var options = new GetBlobsOptions { Prefix = stem };
        await foreach (var blob in backups.GetBlobsAsync(options, cancellationToken))
        {
            if (blob.Properties.AccessTier == AccessTier.Archive)
            {
                throw Damage.Archived(backup.Id, blob.Name);
            }

            if (ObjectNames.TryParseNumber(blob.Name.AsSpan(stem.Length), out var number))
            {
                stored.Add(number, blob.Properties.ContentLength ?? 0);
            }
            else if (blob.Name != ObjectNames.Metadata(backup) && blob.Name != ObjectNames.Sha256File(backup))
            {
                throw Unlisted(backup, blob.Name);
            }
        }

        return stored;
    }

    private static RestoreFaultException Unlisted(Backup backup, string blobName) =>
        Damage.Data(backup.Id, $"object {blobName} is not in its metadata.");
}

using Vbs.Backups;
using Vbs.Restores;

namespace VbsTool.Import;

/// <summary>One backup of a folder, with all its files.</summary>
/// <param name="Record">Its row.</param>
/// <param name="Objects">Its chunk objects, then its sha256 file, then its metadata.</param>
internal sealed record FolderBackup(Backup Record, IReadOnlyList<FolderObject> Objects)
{
    /// <summary>Takes a backup's files from a folder.</summary>
    /// <exception cref="ToolException">It is not at rest, its metadata is another's, or a file it names is missing.</exception>
    public static async Task<FolderBackup> TakeAsync(Backup record, FolderFiles files, CancellationToken cancellationToken)
    {
        if (record.Status != BackupStatus.Available)
        {
            throw new ToolException($"Backup {record.Id} is not available: only backups at rest are imported.");
        }

        var metadata = files.Take(ObjectNames.Metadata(record));
        var digests = files.Take(ObjectNames.Sha256File(record));
        var objects = new List<FolderObject>(record.ObjectCount + 2);
        foreach (var name in (await FolderMetadata.ReadAsync(metadata.Path, cancellationToken)).ObjectNamesOf(record))
        {
            objects.Add(files.Take($"{record.Container}/{name}"));
        }

        objects.Add(digests);
        objects.Add(metadata);
        return new FolderBackup(record, objects);
    }
}

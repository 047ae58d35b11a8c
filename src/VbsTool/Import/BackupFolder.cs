using Vbs.Backups;
using Vbs.Restores;

namespace VbsTool.Import;

/// <summary>
/// A folder of Cinder backups, proven whole: <c>records.json</c> holds the database fields, <c>objects/&lt;container&gt;</c>
/// the objects. Each backup has its metadata, its sha256 file and exactly the objects its metadata names; a file that
/// belongs to no record is a mistake too. The objects' bytes are not looked at: a restore verifies them.
/// </summary>
/// <param name="Backups">Parents before their increments.</param>
internal sealed record BackupFolder(IReadOnlyList<FolderBackup> Backups)
{
    /// <summary>Length of all objects, metadata and sha256 files included.</summary>
    public long LengthBytes => Backups.Sum(backup => backup.Objects.Sum(part => part.LengthBytes));

    /// <summary>Reads a folder and proves it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="projectId">Whose the backups become; null for the records' own.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ToolException">Something is missing, too much, or of another backup.</exception>
    /// <exception cref="InvalidDataException">The records are not Cinder's.</exception>
    public static async Task<BackupFolder> ReadAsync(string path, ProjectId? projectId, CancellationToken cancellationToken)
    {
        var records = ReadRecords(Path.Combine(path, "records.json"), projectId);
        var files = FolderFiles.Find(Path.Combine(path, "objects"));
        var backups = new List<FolderBackup>(records.Count);
        foreach (var record in ChainOrder.ParentsFirst(records))
        {
            backups.Add(await FolderBackup.TakeAsync(record, files, cancellationToken));
        }

        return files.FirstLeft is { } stray
            ? throw new ToolException($"'{stray.Path}' belongs to no backup: neither a record nor a metadata object names it.")
            : new BackupFolder(backups);
    }

    private static IReadOnlyList<Backup> ReadRecords(string path, ProjectId? projectId)
    {
        using var stream = File.OpenRead(path);
        return CinderRecords.Read(stream, projectId);
    }
}

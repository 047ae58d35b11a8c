using Azure.Storage.Blobs;
using Vbs.Catalog;
using Vbs.Restores;

namespace VbsTool.Import;

/// <summary>
/// Loads a folder of backups: for each, parents first, its objects and then its row, so that a row never promises what
/// is not there. Nothing that is there is overwritten. Safe to repeat, also after an interruption: an object that is
/// there whole is passed over, and so is a row of the same content.
/// </summary>
internal sealed class Importer(CatalogTable catalog, BlobContainerClient backups)
{
    // Most objects are far smaller than what a connection carries in a round trip.
    private const int ObjectsAtOnce = 8;

    private readonly ObjectUpload upload = new(backups);

    /// <summary>Imports a folder, under a progress bar.</summary>
    /// <returns>The backups in their order, each with whether its row is new.</returns>
    /// <exception cref="ToolException">A backup or an object is there with other content, or a parent is missing.</exception>
    public async Task<IReadOnlyList<(Backup Backup, bool IsNew)>> RunAsync(
        BackupFolder folder, Terminal terminal, CancellationToken cancellationToken)
    {
        await RefuseOthersAsync(folder, cancellationToken);
        await backups.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await catalog.EnsureCreatedAsync(cancellationToken);
        return await terminal.MeterAsync("Importing", folder.LengthBytes, async progress =>
        {
            var imported = new List<(Backup, bool)>(folder.Backups.Count);
            foreach (var backup in folder.Backups)
            {
                await UploadAsync(backup, progress, cancellationToken);
                imported.Add((backup.Record, await AddAsync(backup.Record, cancellationToken)));
            }

            return imported;
        });
    }

    private static bool IsSame(Backup existing, Backup record) =>
        // What the service itself changes in the life of a row is no difference, nor what an older one did not note.
        existing with
        {
            Status = record.Status,
            RestoreId = record.RestoreId,
            UpdatedAt = record.UpdatedAt,
            DependentCount = record.DependentCount,
            Service = existing.Service ?? record.Service,
        } == record;

    private async Task RefuseOthersAsync(BackupFolder folder, CancellationToken cancellationToken)
    {
        var known = folder.Backups.Select(backup => backup.Record.Id).ToHashSet();
        foreach (var record in folder.Backups.Select(backup => backup.Record))
        {
            if (await catalog.FindBackupAsync(record.ProjectId, record.Id, cancellationToken) is { } existing && !IsSame(existing, record))
            {
                throw Other(record);
            }

            if (record.ParentId is { } parent && !known.Contains(parent)
                && await catalog.FindBackupAsync(record.ProjectId, parent, cancellationToken) is null)
            {
                throw new ToolException($"Backup {record.Id} builds on backup {parent}, which is neither in the folder nor imported.");
            }
        }
    }

    private Task UploadAsync(FolderBackup backup, Action<long> progress, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ObjectsAtOnce, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(backup.Objects, parallel, async (part, stop) =>
        {
            await upload.RunAsync(part, stop);
            progress(part.LengthBytes);
        });
    }

    private async Task<bool> AddAsync(Backup record, CancellationToken cancellationToken)
    {
        if (await catalog.TryAddAsync(record, cancellationToken))
        {
            return true;
        }

        var existing = await catalog.FindBackupAsync(record.ProjectId, record.Id, cancellationToken);
        return existing is not null && IsSame(existing, record) ? false : throw Other(record);
    }

    private static ToolException Other(Backup record) =>
        new($"Backup {record.Id} is there already with another record; nothing was changed.");
}

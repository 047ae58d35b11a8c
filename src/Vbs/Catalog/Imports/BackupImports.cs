using Azure.Data.Tables;
using Vbs.Catalog.Rows;
using Vbs.Restores;

namespace Vbs.Catalog;

/// <summary>Takes over backups by their records, one at a time.</summary>
/// <remarks>A backup and the count of its parent's increments are one transaction, so a repeat after a crash finds both or neither. Throws as
/// <see cref="CatalogTable"/>'s methods do.</remarks>
/// <param name="table">The catalog's table.</param>
public sealed class BackupImports(TableClient table)
{
    // Each loss means that someone else got a write in: the parent is being restored, or another increment of it is imported.
    private const int Attempts = 10;

    /// <summary>Adds a backup, or puts it in the place of a deleted one. Without parent, its parent is to be imported first.</summary>
    /// <returns>Null when it is there; otherwise why not, and nothing has changed. A repeat is refused, as in Cinder: it is there already.</returns>
    /// <param name="backup">The backup, at rest; nothing builds on it yet.</param>
    /// <param name="cancellationToken">Gives up; nothing or all of it has happened.</param>
    public async Task<Refusal?> AddAsync(Backup backup, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (existing, parent) = await ReadAsync(backup, cancellationToken);
            if (Check(backup, existing, parent) is { } refusal)
            {
                // A transaction whose answer was lost meets its own work when the client sends it again.
                return attempt > 0 && existing is not null && BackupRow.Read(existing) == backup ? null : refusal;
            }

            if (await table.TrySubmitAsync(Writes(backup, existing, parent), cancellationToken))
            {
                return null;
            }
        }

        throw new InvalidOperationException($"The parent of backup {backup.Id} changed {Attempts} times while that was to be added. A repeat is safe.");
    }

    private async Task<(TableEntity? Existing, TableEntity? Parent)> ReadAsync(Backup backup, CancellationToken cancellationToken)
    {
        var partition = backup.ProjectId.ToString();
        var existing = table.FindAsync(partition, Keys.Backup(backup.Id), cancellationToken);
        var parent = backup.ParentId is { } id ? table.FindAsync(partition, Keys.Backup(id), cancellationToken) : Task.FromResult<TableEntity?>(null);
        await Task.WhenAll(existing, parent);
        return (await existing, await parent);
    }

    // cinder/backup/api.py, _get_import_backup: a deleted one is revived.
    private static Refusal? Check(Backup backup, TableEntity? existing, TableEntity? parent)
    {
        if (existing is not null && BackupRow.Read(existing).Status != BackupStatus.Deleted)
        {
            return new(RefusalKind.Invalid, null, "Invalid backup: Backup already exists in database.");
        }

        return backup.ParentId is { } id && (parent is null || BackupRow.Read(parent).Status == BackupStatus.Deleted)
            ? new(RefusalKind.Invalid, "VolumeBackup.0111", $"Invalid backup: Backup {backup.Id} builds on backup {id}, which is not in this project. Import that first.")
            : null;
    }

    private static List<TableTransactionAction> Writes(Backup backup, TableEntity? existing, TableEntity? parent)
    {
        var row = BackupRow.Write(backup);
        var indexKey = Keys.BackupByAge(backup.CreatedAt, backup.Id);
        List<TableTransactionAction> writes = existing is null ? [.. TableRequests.Adding(row, indexKey)] : [.. Reviving(row, existing, indexKey)];
        if (parent is not null)
        {
            parent.Set(nameof(Backup.DependentCount), BackupRow.Read(parent).DependentCount + 1);
            writes.Add(TableRequests.Replacing(parent));
        }

        return writes;
    }

    private static IEnumerable<TableTransactionAction> Reviving(TableEntity row, TableEntity deleted, string indexKey)
    {
        yield return new(TableTransactionActionType.UpdateReplace, row, deleted.ETag);
        var before = BackupRow.Read(deleted);
        var oldKey = Keys.BackupByAge(before.CreatedAt, before.Id);
        yield return new(TableTransactionActionType.UpsertReplace, new TableEntity(row.PartitionKey, indexKey));
        if (oldKey != indexKey)
        {
            yield return new(TableTransactionActionType.Delete, new TableEntity(row.PartitionKey, oldKey));
        }
    }
}

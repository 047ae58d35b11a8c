using Azure.Data.Tables;
using Vbs.Catalog.Rows;
using Vbs.Restores;

namespace Vbs.Catalog.Listing;

/// <summary>How records of a kind lie in the table.</summary>
/// <param name="Rows">Beginning of their row keys; the id follows.</param>
/// <param name="Index">Beginning of the row keys of their index by age.</param>
/// <param name="RowKeyOf">The row key of an id; null for what is no id.</param>
/// <param name="Read">A row as a record.</param>
/// <param name="IndexKey">Where the index has a record.</param>
/// <param name="Columns">What they can be ordered and filtered by.</param>
internal sealed record ListKind<T>(
    string Rows,
    string Index,
    Func<string, string?> RowKeyOf,
    Func<TableEntity, T> Read,
    Func<T, string> IndexKey,
    IReadOnlyDictionary<string, Func<T, object?>> Columns)
{
    /// <summary>Backups.</summary>
    public static ListKind<Backup> OfBackups { get; } = new(
        Keys.Backups,
        Keys.BackupsByAge,
        text => BackupId.TryParse(text, null, out var id) ? Keys.Backup(id) : null,
        BackupRow.Read,
        backup => Keys.BackupByAge(backup.CreatedAt, backup.Id),
        ListColumns.OfBackups);

    /// <summary>Volumes.</summary>
    public static ListKind<Volume> OfVolumes { get; } = new(
        Keys.Volumes,
        Keys.VolumesByAge,
        text => VolumeId.TryParse(text, null, out var id) ? Keys.Volume(id) : null,
        VolumeRow.Read,
        volume => Keys.VolumeByAge(volume.CreatedAt, volume.Id),
        ListColumns.OfVolumes);

    /// <summary>The key of the row that an index row leads to.</summary>
    public string RowKey(string indexKey) => $"{Rows}{Keys.IdOfIndex(indexKey):D}";
}

using Azure.Data.Tables;
using Vbs.Catalog.Listing;
using Vbs.Restores;

namespace Vbs.Catalog;

/// <summary>Lists a project's backups and volumes.</summary>
/// <remarks>Safe to repeat, and for use by many threads. What it throws is <see cref="CatalogTable"/>'s.</remarks>
/// <param name="table">The catalog's table.</param>
public sealed class CatalogLists(TableClient table)
{
    private readonly RecordList<Backup> backups = new(table, ListKind<Backup>.OfBackups);
    private readonly RecordList<Volume> volumes = new(table, ListKind<Volume>.OfVolumes);

    /// <summary>A page of backups; null when the project has no backup with the marker's id.</summary>
    public Task<ListPage<Backup>?> BackupsAsync(ListRequest request, CancellationToken cancellationToken) => backups.ReadAsync(request, cancellationToken);

    /// <summary>A page of volumes; null when the project has no volume with the marker's id.</summary>
    public Task<ListPage<Volume>?> VolumesAsync(ListRequest request, CancellationToken cancellationToken) => volumes.ReadAsync(request, cancellationToken);
}

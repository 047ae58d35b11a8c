using Azure.Data.Tables;
using Vbs.Catalog.Rows;
using Vbs.Restores;

namespace Vbs.Catalog.Volumes;

/// <summary>The records of volumes from their making to their deletion; what a restore does to them is <see cref="CatalogTable"/>'s.</summary>
/// <remarks>What it throws is <see cref="CatalogTable"/>'s. Safe for use by many threads.</remarks>
/// <param name="table">The catalog's table.</param>
/// <param name="time">The clock of the records' times.</param>
public sealed class VolumeRecords(TableClient table, TimeProvider time)
{
    // Each loss means that someone else got a write in.
    private const int Attempts = 10;

    /// <summary>A project's volume; null when the project has no such volume.</summary>
    public async Task<Volume?> FindAsync(ProjectId projectId, VolumeId id, CancellationToken cancellationToken) =>
        await table.FindAsync(projectId.ToString(), Keys.Volume(id), cancellationToken) is { } row ? VolumeRow.Read(row) : null;

    /// <summary>Adds a volume and its place in the list; false when its id is taken.</summary>
    public Task<bool> TryAddAsync(Volume volume, CancellationToken cancellationToken) => table.TrySubmitAsync(
        [
            new(TableTransactionActionType.Add, VolumeRow.Write(volume)),
            new(TableTransactionActionType.Add, IndexRow(volume)),
        ],
        cancellationToken);

    /// <summary>The volume, which now has the status; null when it is gone, or its status does not allow the move. Safe to repeat.</summary>
    /// <exception cref="InvalidOperationException">Others wrote to it again and again. A repeat is safe.</exception>
    public async Task<Volume?> TryMoveAsync(ProjectId projectId, VolumeId id, VolumeStatus status, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var row = await table.FindAsync(projectId.ToString(), Keys.Volume(id), cancellationToken);
            var move = row is null ? Move.Refused : Moves.Check(VolumeRow.Read(row).Status, status);
            if (row is null || move == Move.Refused)
            {
                return null;
            }

            row.Change(status.Name(), holder: null, time.GetUtcNow());
            if (move == Move.AlreadyMade || await table.TryReplaceAsync(row, cancellationToken))
            {
                return VolumeRow.Read(row);
            }
        }

        throw new InvalidOperationException($"The row of volume {id} changed {Attempts} times while it was to be written. A repeat is safe.");
    }

    /// <summary>Removes the record of a volume and its place in the list, both or neither. Safe to repeat.</summary>
    public Task RemoveAsync(Volume volume, CancellationToken cancellationToken) => table.TrySubmitAsync(
        [
            new(TableTransactionActionType.Delete, VolumeRow.Write(volume), Azure.ETag.All),
            new(TableTransactionActionType.Delete, IndexRow(volume), Azure.ETag.All),
        ],
        cancellationToken);

    /// <summary>Notes that a volume is about to be made or deleted. Safe to repeat.</summary>
    public Task NoteWorkAsync(ProjectId projectId, VolumeId id, CancellationToken cancellationToken) =>
        table.UpsertEntityAsync(new VolumeWork(projectId, id, time.GetUtcNow()).Write(), TableUpdateMode.Replace, cancellationToken);

    /// <summary>Takes the note away. Safe to repeat.</summary>
    public Task RemoveWorkAsync(VolumeId id, CancellationToken cancellationToken) =>
        table.DeleteEntityAsync(Keys.VolumeWork, id.ToString(), cancellationToken: cancellationToken);

    /// <summary>All notes, of every project: as many as there are volumes being made or deleted.</summary>
    public IAsyncEnumerable<VolumeWork> ListWorkAsync(CancellationToken cancellationToken) =>
        table.ListAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Keys.VolumeWork}"), cancellationToken: cancellationToken)
            .Select(VolumeWork.Read);

    private static TableEntity IndexRow(Volume volume) =>
        new(volume.ProjectId.ToString(), Keys.VolumeByAge(volume.CreatedAt, volume.Id));
}

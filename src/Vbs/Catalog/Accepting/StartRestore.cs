using Vbs.Restores;

namespace Vbs.Catalog;

/// <summary>Starts the work of an accepted restore. Starting what already runs, or has just ended, must be harmless: the sweep does
/// both when it meets a start or an end half way. What has ended, <see cref="CatalogTable.TryBeginAsync"/> does not let begin.</summary>
/// <param name="projectId">The project that asked.</param>
/// <param name="restoreId">The restore; also the id of the orchestration.</param>
/// <param name="cancellationToken">Gives up the attempt; the sweep will make another.</param>
public delegate Task StartRestore(ProjectId projectId, RestoreId restoreId, CancellationToken cancellationToken);

using Microsoft.Azure.Functions.Worker;
using Vbs.Catalog;
using Vbs.Restores;

namespace VbsFunctions.Orchestration;

/// <summary>What <see cref="CompleteRestore"/> completes.</summary>
public sealed record EndInput(ProjectId ProjectId, RestoreId RestoreId, VolumeId VolumeId);

/// <summary>The last step of a restore that succeeded. Safe to repeat.</summary>
public sealed class CompleteRestore(CatalogTable catalog, RestoreCleanup cleanup)
{
    /// <summary>Completes a restore.</summary>
    [Function(nameof(CompleteRestore))]
    public Task RunAsync([ActivityTrigger] EndInput input, CancellationToken cancellationToken) => cleanup.AroundAsync(
        "complete restore",
        input.ProjectId,
        input.VolumeId,
        input.RestoreId,
        ct => catalog.TryCompleteAsync(input.ProjectId, input.RestoreId, ct),
        cancellationToken);
}

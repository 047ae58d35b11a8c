using Microsoft.Azure.Functions.Worker;
using Vbs.Catalog;
using Vbs.Restores;

namespace VbsFunctions.Orchestration;

/// <summary>What <see cref="FailRestore"/> ends, and why.</summary>
public sealed record FailInput(ProjectId ProjectId, RestoreId RestoreId, RestoreFault Fault);

/// <summary>The last step of a restore that cannot succeed. Safe to repeat.</summary>
public sealed class FailRestore(CatalogTable catalog, RestoreCleanup cleanup)
{
    /// <summary>Fails a restore.</summary>
    [Function(nameof(FailRestore))]
    public async Task RunAsync([ActivityTrigger] FailInput input, CancellationToken cancellationToken)
    {
        if (await catalog.FindRestoreAsync(input.ProjectId, input.RestoreId, cancellationToken) is { } restore)
        {
            await cleanup.AroundAsync(
                "fail restore",
                input.ProjectId,
                restore.VolumeId,
                input.RestoreId,
                ct => catalog.TryFailAsync(input.ProjectId, input.RestoreId, input.Fault, VolumeStatus.ErrorRestoring, ct),
                cancellationToken);
        }
    }
}

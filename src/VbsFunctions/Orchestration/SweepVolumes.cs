using Microsoft.Azure.Functions.Worker;
using Vbs;

namespace VbsFunctions.Orchestration;

/// <summary>Every 30 s, between the sweeps of restores: finishes the making and deleting of volumes that nobody finished.</summary>
public sealed class SweepVolumes(VolumeLifecycle volumes)
{
    /// <summary>One sweep; safe to run beside another.</summary>
    [Function(nameof(SweepVolumes))]
    public Task RunAsync([TimerTrigger("15,45 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => volumes.SweepAsync(cancellationToken);
}

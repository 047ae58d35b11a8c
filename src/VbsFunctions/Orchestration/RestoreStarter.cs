using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Vbs.Restores;

namespace VbsFunctions.Orchestration;

/// <summary>Starts the orchestration of an accepted restore, whose instance id is the restore's id.</summary>
internal static class RestoreStarter
{
    /// <summary>Starts the restore. Safe to repeat: one that already runs stays as it is; one that has ended begins anew, and finds out by itself
    /// whether the restore has.</summary>
    public static Task StartAsync(DurableTaskClient client, ProjectId projectId, RestoreId restoreId, CancellationToken cancellationToken) =>
        StartAsync(client, nameof(RestoreOrchestrator), new RestoreInput(projectId, restoreId), cancellationToken);

    /// <inheritdoc cref="StartAsync(DurableTaskClient, ProjectId, RestoreId, CancellationToken)"/>
    internal static async Task StartAsync(
        DurableTaskClient client, TaskName orchestrator, RestoreInput input, CancellationToken cancellationToken)
    {
        var options = new StartOrchestrationOptions(InstanceId: input.RestoreId.ToString());
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, options, cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Started before: by the request, or by a sweep that came between.
        }
    }

    /// <summary>Whether the restore has an orchestration that is yet to end. One that ended without ending the restore must be started again.</summary>
    public static async Task<bool> IsAliveAsync(DurableTaskClient client, RestoreId restoreId, CancellationToken cancellationToken)
    {
        var instance = await client.GetInstanceAsync(restoreId.ToString(), cancellationToken);
        return instance is
        {
            RuntimeStatus: OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Suspended
                or OrchestrationRuntimeStatus.ContinuedAsNew
        };
    }
}

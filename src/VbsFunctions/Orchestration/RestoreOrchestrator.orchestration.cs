using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Vbs.Restores;

namespace VbsFunctions.Orchestration;

/// <summary>Carries an accepted restore to its end: plan, write the segments in lanes, complete; whatever goes wrong, fail.</summary>
/// <remarks>
/// <para>Its instance id is the restore's id, so starting it twice is harmless; an orchestration of a restore that has ended does nothing.</para>
/// <para>A fault that will not pass comes back from an activity as a value. What may pass is an exception, which
/// <see cref="Retry"/> repeats. Should even the last step give up, the sweep starts the restore anew.</para>
/// <para>It promises nothing about the volume while it runs: that is neither old nor new until the restore has succeeded.</para>
/// </remarks>
public static class RestoreOrchestrator
{
    /// <summary>Segments in one window: at 128 MiB each 25 GiB of volume, and a history of some 400 events.</summary>
    private const int WindowSegments = 200;

    /// <summary>2, 4, 8, 16, 32 s, then every minute: together about half an hour of storage being away.</summary>
    private static readonly TaskOptions Retry = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 35, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(1)));

    /// <summary>One run of the orchestration.</summary>
    [Function(nameof(RestoreOrchestrator))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, RestoreInput input)
    {
        try
        {
            var plan = input.Cursor is null
                ? await context.CallActivityAsync<PlanOutcome>(nameof(PlanRestore), input, Retry)
                : new PlanOutcome(input.Cursor);
            if (plan is { Cursor: null, Fault: null })
            {
                return;
            }

            var (cursor, fault) = plan.Cursor is null ? (null, plan.Fault) : await WriteWindowAsync(context, input, plan.Cursor);
            if (fault is not null)
            {
                await FailAsync(context, input, fault);
            }
            else if (cursor!.NextSegment < cursor.Plan.SegmentCount)
            {
                context.ContinueAsNew(input with { Cursor = cursor });
            }
            else
            {
                await context.CallActivityAsync(nameof(CompleteRestore), new EndInput(input.ProjectId, input.RestoreId, cursor.VolumeId), Retry);
            }
        }
        catch (Exception exception)
        {
            await FailAsync(context, input, GaveUp(exception));
            throw;
        }
    }

    private static Task<(RestoreCursor Cursor, RestoreFault? Fault)> WriteWindowAsync(
        TaskOrchestrationContext context, RestoreInput input, RestoreCursor cursor) =>
        new SegmentLanes(cursor, WindowSegments).RunAsync((index, lane, laneBytes) => context.CallActivityAsync<SegmentOutcome>(
            nameof(WriteSegment), new SegmentInput(input.ProjectId, input.RestoreId, cursor.VolumeId, cursor.Plan, index, lane, laneBytes), Retry));

    private static RestoreFault GaveUp(Exception exception)
    {
        var message = exception is TaskFailedException failed ? failed.FailureDetails.ErrorMessage : exception.Message;
        return RestoreFault.Data($"Gave up after repeated attempts: {message.Split('\n')[0].Trim()}");
    }

    private static Task FailAsync(TaskOrchestrationContext context, RestoreInput input, RestoreFault fault) =>
        context.CallActivityAsync(nameof(FailRestore), new FailInput(input.ProjectId, input.RestoreId, fault), Retry);
}

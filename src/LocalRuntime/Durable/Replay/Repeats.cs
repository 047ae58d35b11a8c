using Microsoft.DurableTask;

namespace LocalRuntime.Durable.Replay;

/// <summary>Repeats failed calls on orchestration time, so that a replay repeats them alike.</summary>
internal static class Repeats
{
    /// <summary>Calls until it succeeds or the policy ends; waits between calls on durable timers, not after the last.</summary>
    /// <exception cref="TaskFailedException">The last failure.</exception>
    public static async Task<T> ByPolicyAsync<T>(TaskOrchestrationContext context, RetryPolicy policy, Func<Task<T>> call)
    {
        var deadline = policy.RetryTimeout == Timeout.InfiniteTimeSpan
            ? DateTime.MaxValue
            : context.CurrentUtcDateTime.Add(policy.RetryTimeout);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException failed) when (
                attempt < policy.MaxNumberOfAttempts && context.CurrentUtcDateTime < deadline && policy.Handle(failed))
            {
                await context.CreateTimer(Interval(policy, attempt), CancellationToken.None);
            }
        }
    }

    /// <summary>Calls until it succeeds or the handler ends it.</summary>
    /// <exception cref="TaskFailedException">The last failure.</exception>
    public static async Task<T> ByHandlerAsync<T>(TaskOrchestrationContext context, AsyncRetryHandler handler, Func<Task<T>> call)
    {
        var begun = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException failed)
            {
                var retry = new RetryContext(
                    context, attempt, failed.FailureDetails, context.CurrentUtcDateTime - begun, CancellationToken.None);
                if (!await handler(retry))
                {
                    throw;
                }
            }
        }
    }

    private static TimeSpan Interval(RetryPolicy policy, int attempt)
    {
        var ticks = policy.FirstRetryInterval.Ticks * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        var longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : policy.MaxRetryInterval;
        return ticks < longest.Ticks ? TimeSpan.FromTicks((long)ticks) : longest;
    }
}

using System.Diagnostics.CodeAnalysis;
using LocalRuntime.Functions.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Functions.Timers;

/// <summary>Runs timer functions: each at its times, never two runs of one at once. Times that pass during a run are left out; a run that
/// fails is logged, and the schedule goes on. Nothing is kept across restarts: a time that passed while the app was down is gone.</summary>
internal sealed class TimerService(IReadOnlyList<TimerFunction> functions, FunctionInvoker invoker, TimeProvider time, ILogger logger)
    : BackgroundService
{
    // TimerListener.MaxTimerInterval in azure-webjobs-sdk-extensions; a timer of .NET ends at 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(24);

    // How late a run may begin and still count as on time: a timer of the operating system is some ms late.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);
    private static readonly Dictionary<string, object?> NoData = [];

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(functions.Select(function => KeepAsync(function, stoppingToken)));

    private async Task KeepAsync(TimerFunction timer, CancellationToken stopping)
    {
        var status = new ScheduleStatus();
        try
        {
            if (timer.RunOnStartup)
            {
                await RunAsync(timer, status, time.GetUtcNow(), stopping);
            }

            while (true)
            {
                var due = timer.Schedule.Next(time.GetUtcNow());
                await UntilAsync(due, stopping);
                await RunAsync(timer, status, due, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The app stops.
        }
    }

    private async Task UntilAsync(DateTimeOffset due, CancellationToken stopping)
    {
        for (var wait = due - time.GetUtcNow(); wait > TimeSpan.Zero; wait = due - time.GetUtcNow())
        {
            await Task.Delay(wait < LongestWait ? wait : LongestWait, time, stopping);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The edge of the process: a run that fails does not end the schedule.")]
    private async Task RunAsync(TimerFunction timer, ScheduleStatus status, DateTimeOffset due, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        status.Next = timer.Schedule.Next(due).UtcDateTime;
        status.LastUpdated = now.UtcDateTime;
        var info = new TimerInfo { IsPastDue = now - due > Tolerance, ScheduleStatus = timer.UseMonitor ? Copy(status) : null };
        try
        {
            await invoker.InvokeAsync(timer.Method, info, NoData, prepare: null, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failed)
        {
            logger.FunctionFailed(failed, timer.Method.Function.Name);
        }

        status.Last = due.UtcDateTime;
    }

    private static ScheduleStatus Copy(ScheduleStatus status) =>
        new() { Last = status.Last, Next = status.Next, LastUpdated = status.LastUpdated };
}

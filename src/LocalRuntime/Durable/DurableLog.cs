using Microsoft.Extensions.Logging;

namespace LocalRuntime.Durable;

/// <summary>The engine's log lines: event ids 910-919.</summary>
internal static partial class DurableLog
{
    [LoggerMessage(911, LogLevel.Information, "Runs on the journal {Table}; {Count} orchestrations go on.")]
    public static partial void Started(ILogger logger, string table, int count);

    [LoggerMessage(912, LogLevel.Critical, "Another process has taken the journal: this one works no more.")]
    public static partial void LeaseLost(ILogger logger, Exception failure);

    [LoggerMessage(913, LogLevel.Warning, "The storage of the journal does not answer; it is asked again.")]
    public static partial void StorageAway(ILogger logger, Exception failure);

    [LoggerMessage(914, LogLevel.Error, "The orchestration {InstanceId} stands still until the next start.")]
    public static partial void DriverFailed(ILogger logger, Exception failure, string instanceId);

    [LoggerMessage(915, LogLevel.Error, "The orchestration {InstanceId} stands still: there is no orchestrator {Name}.")]
    public static partial void OrchestratorMissing(ILogger logger, string instanceId, string name);

    [LoggerMessage(916, LogLevel.Warning, "Activity {Name} (#{TaskId}) of {InstanceId} failed.")]
    public static partial void ActivityFailed(ILogger logger, Exception failure, string name, int taskId, string instanceId);

    [LoggerMessage(917, LogLevel.Warning, "Another process has written {InstanceId}: it is read again.")]
    public static partial void Reloaded(ILogger logger, string instanceId);
}

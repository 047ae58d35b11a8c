using Microsoft.Extensions.Logging;
using Vbs.Restores;

namespace Vbs;

/// <summary>What the library writes to the log: ids and counts only. Event ids 100-199 are the catalog's, 200-219 identity's, 300-309 of health. docs/operations.md lists them.</summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Warning, "Restore {RestoreId} is accepted but could not be started; the sweep will start it.")]
    public static partial void StartFailed(this ILogger logger, Exception? exception, RestoreId restoreId);

    [LoggerMessage(101, LogLevel.Warning, "Restore {RestoreId} was accepted and nothing worked on it; starting it.")]
    public static partial void Restarting(this ILogger logger, RestoreId restoreId);

    [LoggerMessage(102, LogLevel.Information, "Restore {RestoreId} was never accepted; its intent is dropped.")]
    public static partial void IntentDropped(this ILogger logger, RestoreId restoreId);

    [LoggerMessage(103, LogLevel.Warning, "Volume {VolumeId} is stored as {Status}, but could not be finished; the sweep will finish it.")]
    public static partial void VolumeUnfinished(this ILogger logger, Exception? exception, VolumeId volumeId, VolumeStatus status);

    [LoggerMessage(104, LogLevel.Warning, "Volume {VolumeId} was left as {Status}; finishing it.")]
    public static partial void VolumeFinishing(this ILogger logger, VolumeId volumeId, VolumeStatus status);

    [LoggerMessage(190, LogLevel.Information, "Restore {RestoreId} of request {RequestId} has ended: {Status}, {Code}.")]
    public static partial void RestoreEnded(this ILogger logger, RestoreId restoreId, string? requestId, RestoreStatus status, string code);

    [LoggerMessage(300, LogLevel.Warning, "Not ready: {Probe} does not answer.")]
    public static partial void NotReady(this ILogger logger, Exception exception, string probe);

    [LoggerMessage(200, LogLevel.Warning, "Keystone could not be asked about a token: {Problem}.")]
    public static partial void KeystoneFailed(this ILogger logger, string problem);

    [LoggerMessage(201, LogLevel.Error, "Keystone refuses this service's own credentials with {Status}: nobody can call until section Vbs:Keystone is right.")]
    public static partial void CredentialsRefused(this ILogger logger, int status);

    [LoggerMessage(202, LogLevel.Error, "Keystone does not let this service check tokens ({Status}): give its user the role service or admin in its project.")]
    public static partial void MayNotAsk(this ILogger logger, int status);
}

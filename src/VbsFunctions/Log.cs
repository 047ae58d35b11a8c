using Microsoft.Extensions.Logging;
using Vbs.Restores;

namespace VbsFunctions;

/// <summary>What the app logs. Ids and counts: never tokens, bodies or bytes. Event ids 1-99; docs/operations.md lists them.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Request {RequestId} failed for a reason nobody foresaw.")]
    public static partial void Unforeseen(this ILogger log, Exception exception, string requestId);

    [LoggerMessage(2, LogLevel.Warning, "Request {RequestId} is answered {Status}: storage failed.")]
    public static partial void StorageFailed(this ILogger log, Exception exception, string requestId, int status);

    [LoggerMessage(3, LogLevel.Information, "Request {RequestId} is accepted: restore {RestoreId} of backup {BackupId} to volume {VolumeId}.")]
    public static partial void RestoreAccepted(this ILogger log, string requestId, RestoreId restoreId, BackupId backupId, VolumeId volumeId);

    [LoggerMessage(4, LogLevel.Information, "Request {RequestId} is accepted: volume {VolumeId} of {SizeGiB} GiB.")]
    public static partial void VolumeCreated(this ILogger log, string requestId, VolumeId volumeId, int sizeGiB);

    [LoggerMessage(5, LogLevel.Information, "Request {RequestId} is accepted: volume {VolumeId} is deleted.")]
    public static partial void VolumeDeleted(this ILogger log, string requestId, VolumeId volumeId);

    [LoggerMessage(6, LogLevel.Information, "Request {RequestId} has cancelled restore {RestoreId} of backup {BackupId} to volume {VolumeId}.")]
    public static partial void RestoreCancelled(this ILogger log, string requestId, RestoreId restoreId, BackupId backupId, VolumeId volumeId);
}

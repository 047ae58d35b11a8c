using Microsoft.Extensions.Logging;

namespace LocalRuntime;

/// <summary>What the functions host logs: event ids 900-909.</summary>
internal static partial class Log
{
    [LoggerMessage(901, LogLevel.Error, "Function {Function} failed.")]
    public static partial void FunctionFailed(this ILogger logger, Exception exception, string function);

    [LoggerMessage(902, LogLevel.Warning, "Function {Hidden} gets no request: {By} takes every path, and the Functions host asks functions in the order of their names.")]
    public static partial void FunctionHidden(this ILogger logger, string hidden, string by);

    [LoggerMessage(903, LogLevel.Warning, "'{Command}' failed: {Reason}")]
    public static partial void AfterStartFailed(this ILogger logger, string command, string reason);
}

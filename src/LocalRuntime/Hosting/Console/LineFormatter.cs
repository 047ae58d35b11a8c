using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace LocalRuntime.Hosting;

/// <summary>Writes a log entry as time, level, message and source on one line, whatever the message holds, and its exception as it is on the next.</summary>
internal sealed class LineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    /// <summary>The name it is chosen by.</summary>
    public const string FormatterName = "line";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var source = logEntry.Category[(logEntry.Category.LastIndexOf('.') + 1)..];
        var text = logEntry.Formatter(logEntry.State, logEntry.Exception).ReplaceLineEndings(" ");
        textWriter.WriteLine($"{time.GetLocalNow():HH:mm:ss} {Level(logEntry.LogLevel)}: {text} ({source})");
        if (logEntry.Exception is not null)
        {
            textWriter.WriteLine(logEntry.Exception);
        }
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Critical or LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        LogLevel.Information => "info",
        _ => "debug",
    };
}

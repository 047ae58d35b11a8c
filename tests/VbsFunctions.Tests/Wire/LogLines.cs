using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace VbsFunctions.Tests.Wire;

/// <summary>Keeps what an app logs.</summary>
public sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = new();

    /// <summary>The messages until now, without their exceptions.</summary>
    public IReadOnlyList<(LogLevel Level, string Text)> Lines => [.. lines];

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(lines);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Logger(ConcurrentQueue<(LogLevel Level, string Text)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((logLevel, formatter(state, exception)));
    }
}

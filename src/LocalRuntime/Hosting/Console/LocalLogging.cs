using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace LocalRuntime.Hosting;

/// <summary>The logs of a local run: warnings and errors, and what host.json asks for beyond.</summary>
internal static class LocalLogging
{
    /// <summary>Sets the levels, and removes the providers that a web application has by default.</summary>
    /// <param name="logging">The app's logs.</param>
    /// <param name="levels">From host.json: levels by category, <c>default</c> among them.</param>
    public static void SetLevels(ILoggingBuilder logging, IReadOnlyDictionary<string, LogLevel> levels)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(levels.GetValueOrDefault("default", LogLevel.Warning));
        foreach (var framework in (string[])["Microsoft", "System", "Azure"])
        {
            logging.AddFilter(framework, LogLevel.Warning);
        }

        // Its failures of start are told in one sentence at the process's edge, or thrown.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        foreach (var (category, level) in levels.Where(level => !level.Key.Equals("default", StringComparison.OrdinalIgnoreCase)))
        {
            logging.AddFilter(category, level);
        }
    }

    /// <summary>Writes the logs to standard output.</summary>
    public static void AddLines(ILoggingBuilder logging)
    {
        logging.AddConsole(console => console.FormatterName = LineFormatter.FormatterName);
        logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Hosting;

/// <summary>A .NET program that runs once when the app listens, to prepare a demo. The entry assembly names it:
/// <c>[assembly: AssemblyMetadata("LocalRuntime.AfterStart", "path/Tool.dll arguments")]</c>; a relative path is from the app's folder.</summary>
internal sealed record AfterStart(string Command)
{
    private const string Name = "LocalRuntime.AfterStart";
    private const string Extension = ".dll";

    /// <summary>What an assembly names, or null.</summary>
    public static AfterStart? Of(Assembly? entry) =>
        entry?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(data => data.Key == Name)?.Value is { Length: > 0 } command
            ? new AfterStart(command)
            : null;

    /// <summary>Runs the program as <c>dotnet path arguments</c> with <c>VBS_BASE_URL</c> set; its output goes to this process's.
    /// Its failure is a warning.</summary>
    /// <param name="url">Where the app listens.</param>
    /// <param name="logger">Gets the warning.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    public async Task RunAsync(string url, ILogger logger, CancellationToken cancellationToken)
    {
        var end = Command.IndexOf(Extension, StringComparison.OrdinalIgnoreCase) + Extension.Length;
        string[] words = [Path.Combine(AppContext.BaseDirectory, Command[..end]), .. Command[end..].Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        try
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", words) { Environment = { ["VBS_BASE_URL"] = url } })!;
            await using var kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
            await process.WaitForExitAsync(CancellationToken.None);
            if (process.ExitCode != 0 && !cancellationToken.IsCancellationRequested)
            {
                logger.AfterStartFailed(Command, $"exit code {process.ExitCode}");
            }
        }
        catch (Win32Exception missing)
        {
            logger.AfterStartFailed(Command, missing.Message);
        }
    }
}

using System.Diagnostics;

namespace EndToEnd.Harness;

/// <summary>The programs built beside these tests.</summary>
internal static class Programs
{
    // artifacts/bin/EndToEnd/local: the last part is the configuration, the same for all.
    private static readonly DirectoryInfo Own = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>The service; null when this configuration has none that runs by itself.</summary>
    public static string? Service => Find("VbsFunctions") is { } path && Own.Name == "local" ? path : null;

    /// <summary>The command-line tool.</summary>
    public static string Tool => Find("VbsTool") ?? throw new FileNotFoundException("VbsTool is not built.");

    /// <summary>Starts a program under <c>dotnet</c>, its output readable.</summary>
    public static Process Start(string path, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [path, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static string? Find(string name)
    {
        var path = Path.Combine(Own.Parent!.Parent!.FullName, name, Own.Name, $"{name}.dll");
        return File.Exists(path) ? path : null;
    }
}

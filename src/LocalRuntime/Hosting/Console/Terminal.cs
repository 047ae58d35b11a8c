using System.Diagnostics.CodeAnalysis;

namespace LocalRuntime.Hosting;

/// <summary>What the process says to the person who started it, beside its logs.</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "The one place where the local runtime speaks to a terminal.")]
internal static class Terminal
{
    /// <summary>Writes a line to standard output.</summary>
    public static void Say(string line) => Console.Out.WriteLine(line);

    /// <summary>Writes a line to standard error and ends the process with exit code 1.</summary>
    [DoesNotReturn]
    public static void Fail(string line)
    {
        Console.Error.WriteLine(line);
        Environment.Exit(1);
    }
}

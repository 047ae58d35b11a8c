using Vbs.Benchmarks.Measuring;

namespace Vbs.Benchmarks;

/// <summary><c>dotnet run -c Local --project tests/Vbs.Benchmarks -- NAME [--json FILE] [what NAME takes]</c>.</summary>
/// <remarks>Every benchmark prints tables, its peer in the same table, measured in the same run. It fails when what it measured did
/// not come to the right result, never for being slow: figures are for people.</remarks>
internal static class CommandLine
{
    private static readonly Benchmark[] Benchmarks = [];

    /// <summary>Runs one benchmark to its exit code.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var (rest, jsonFile) = TakeOption([.. arguments], "--json");
        if (rest is not [var name, ..] || Array.Find(Benchmarks, known => known.Name == name) is not { } benchmark)
        {
            await error.WriteLineAsync("Name one of these, with --json FILE to have the figures as JSON as well:");
            foreach (var known in Benchmarks)
            {
                await error.WriteLineAsync($"  {known.Name,-10} {known.Summary}");
            }

            return 2;
        }

        var report = new Report(benchmark.Name, output);
        await benchmark.RunAsync(rest[1..], report, cancellationToken);
        if (jsonFile is not null)
        {
            await File.WriteAllTextAsync(jsonFile, report.ToJson(), cancellationToken);
        }

        return 0;
    }

    private static (List<string> Remaining, string? Value) TakeOption(List<string> arguments, string option)
    {
        var at = arguments.IndexOf(option);
        if (at < 0 || at + 1 == arguments.Count)
        {
            return (arguments, null);
        }

        var value = arguments[at + 1];
        arguments.RemoveRange(at, 2);
        return (arguments, value);
    }
}

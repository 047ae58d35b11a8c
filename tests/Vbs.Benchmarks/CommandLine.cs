using Vbs.Benchmarks.Accept;
using Vbs.Benchmarks.Measuring;
using Vbs.Benchmarks.Restoring;
using Vbs.Benchmarks.Runtime;
using Vbs.Benchmarks.Scale;
using Vbs.Benchmarks.Service;

namespace Vbs.Benchmarks;

/// <summary><c>dotnet run -c Local --project tests/Vbs.Benchmarks -- NAME [--json FILE] [what NAME takes]</c>.</summary>
/// <remarks>Every benchmark prints tables, its peer in the same table, measured in the same run. It fails when what it measured did
/// not come to the right result, never for being slow: figures are for people.</remarks>
internal static class CommandLine
{
    private static readonly Benchmark[] Benchmarks =
    [
        new("restore", "the data path, beside qemu-img and Cinder's own driver", RestoreBenchmark.RunAsync),
        new("service", "a whole restore through the running service, beside the storage alone", ServiceBenchmark.RunAsync),
        new("accept", "restores accepted by the running service, beside the storage alone", AcceptBenchmark.RunAsync),
        new("scale", "the plan of a disk of 4 TiB", ScaleBenchmark.RunAsync),
        new("runtime", "what LocalRuntime itself costs", RuntimeBenchmark.RunAsync),
    ];

    /// <summary>What a benchmark runs in processes of their own.</summary>
    private static readonly Dictionary<string, Func<IReadOnlyList<string>, TextReader, TextWriter, Task>> Parts = new()
    {
        ["restore-store"] = BlobServer.RunAsync,
        ["restore-run"] = (arguments, _, output) => PipelineRun.RunAsync(arguments, output),
        ["scale-plan"] = PlanRun.RunAsync,
    };

    /// <summary>Runs one benchmark to its exit code.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, TextReader input, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (arguments.Count > 0 && Parts.TryGetValue(arguments[0], out var part))
        {
            await part([.. arguments.Skip(1)], input, output);
            return 0;
        }

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

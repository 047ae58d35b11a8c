using Vbs.Benchmarks.Measuring;

namespace Vbs.Benchmarks;

/// <summary>One benchmark: what a person types, what it is about, and what runs it.</summary>
/// <param name="Name">The argument that chooses it.</param>
/// <param name="Summary">One line for the list of them.</param>
/// <param name="RunAsync">Runs it with the arguments after its name, and reports as it goes.</param>
internal sealed record Benchmark(string Name, string Summary, Func<IReadOnlyList<string>, Report, CancellationToken, Task> RunAsync);

using System.Diagnostics;
using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using LocalRuntime.Durable;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Vbs.Benchmarks.Measuring;
using Vbs.Benchmarks.Serving;

namespace Vbs.Benchmarks.Runtime;

/// <summary>What LocalRuntime itself costs, with activities that do nothing: in turn, side by side, and many orchestrations at once.
/// Beside it the storage's own rate of the request that every step is: a transaction.</summary>
internal static class RuntimeBenchmark
{
    private const string InTurn = nameof(InTurn);
    private const string SideBySide = nameof(SideBySide);
    private const int Rounds = 3;

    /// <summary>Runs all.</summary>
    public static async Task RunAsync(IReadOnlyList<string> arguments, Report report, CancellationToken cancellationToken)
    {
        await using var installation = await Installation.StartAsync();
        var count = new RequestCount();
        var options = new TableClientOptions();
        options.AddPolicy(count, HttpPipelinePosition.PerRetry);
        await using var engine = NewEngine(new TableServiceClient(installation.Azurite.ConnectionString, options));
        await engine.StartAsync(cancellationToken);
        await RunAsync(engine, InTurn, instances: 50, activities: 2, cancellationToken);

        var table = new Table(
            "LocalRuntime", "what", "orchestrations/s", "activities/s", "requests per orchestration", "requests per activity", "CPU ms per orchestration");
        foreach (var (name, orchestrator, instances, activities) in ((string, string, int, int)[])
        [
            ("200 activities in turn", InTurn, 1, 200),
            ("1,000 activities side by side", SideBySide, 1, 1_000),
            ("500 orchestrations at once, 2 activities in turn each", InTurn, 500, 2),
        ])
        {
            var rounds = new List<(double Seconds, double Requests, double Cpu)>();
            for (var round = 0; round < Rounds; round++)
            {
                var before = count.Requests;
                var cost = await Cost.OfAsync(() => RunAsync(engine, orchestrator, instances, activities, cancellationToken));
                rounds.Add((cost.Seconds, count.Requests - before, cost.CpuSeconds));
            }

            var (seconds, requests, cpu) = rounds.Order().ElementAt(Rounds / 2);
            table.Add(name, instances / seconds, instances * activities / seconds, requests / instances, requests / instances / activities, 1_000 * cpu / instances);
            report.Progress(name);
        }

        report.Show(table);
        var transactions = await TransactionsAsync(installation);
        report.Note(string.Create(CultureInfo.InvariantCulture, $"Transactions of two rows, one after another, on the same storage: {transactions:0} a second."));
    }

    private static async Task RunAsync(DurableEngine engine, string orchestrator, int instances, int activities, CancellationToken cancellationToken)
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, instances).Select(_ =>
            engine.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, activities, cancellationToken)));
        var ended = await Task.WhenAll(ids.Select(id => engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, cancellationToken)));
        if (Array.Find(ended, one => one.RuntimeStatus != OrchestrationRuntimeStatus.Completed || one.ReadOutputAs<int>() != activities) is { } wrong)
        {
            throw new InvalidOperationException($"An orchestration ended as {wrong.RuntimeStatus} with {wrong.SerializedOutput}.");
        }
    }

    private static DurableEngine NewEngine(TableServiceClient tables) => new(
        [
            Define(InTurn, async context =>
            {
                var sum = 0;
                for (var i = context.GetInput<int>(); i > 0; i--)
                {
                    sum += await context.CallActivityAsync<int>("One");
                }

                return sum;
            }),
            Define(SideBySide, async context =>
                (await Task.WhenAll(Enumerable.Range(0, context.GetInput<int>()).Select(_ => context.CallActivityAsync<int>("One")))).Sum()),
        ],
        [new ActivityDefinition("One", (_, _) => Task.FromResult<string?>("1"))],
        tables,
        new DurableOptions { HubName = "Benchmark" },
        TimeProvider.System,
        NullLoggerFactory.Instance);

    private static OrchestratorDefinition Define(string name, Func<TaskOrchestrationContext, Task<int>> run) =>
        new(name, async context => (await run(context)).ToString(CultureInfo.InvariantCulture));

    private static async Task<double> TransactionsAsync(Installation installation)
    {
        const int Transactions = 200;
        var table = installation.Tables.GetTableClient("bare");
        await table.CreateIfNotExistsAsync();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Transactions; i++)
        {
            await table.SubmitTransactionAsync(
                [new(TableTransactionActionType.UpsertReplace, new TableEntity("bare", $"{i}") { ["Text"] = "step" }),
                    new(TableTransactionActionType.UpsertReplace, new TableEntity("bare", "state") { ["Steps"] = i })]);
        }

        return Transactions / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private sealed class RequestCount : HttpPipelinePolicy
    {
        private int requests;

        public int Requests => Volatile.Read(ref requests);

        public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            Interlocked.Increment(ref requests);
            return ProcessNextAsync(message, pipeline);
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            Interlocked.Increment(ref requests);
            ProcessNext(message, pipeline);
        }
    }
}

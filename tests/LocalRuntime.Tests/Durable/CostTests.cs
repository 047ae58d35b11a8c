using System.Diagnostics;
using Microsoft.DurableTask;
using Testing;

namespace LocalRuntime.Tests.Durable;

public sealed class CostTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_start_costs_one_request()
    {
        await using var hub = new TestHub(azurite);
        using var gate = new ManualResetEventSlim();
        var entered = new TaskCompletionSource();
        hub.Orchestrators.Add(Define.Orchestrator("Wait", context => context.WaitForExternalEvent<int>("Go")));
        hub.Orchestrators.Add(Define.Orchestrator("HoldsTheOnlySlot", _ =>
        {
            entered.SetResult();
            gate.Wait(Cancellation);
            return Task.FromResult(1);
        }));
        hub.Options = hub.Options with { MaxConcurrentOrchestrators = 1 };
        var requests = new StoragePolicy();
        var engine = await hub.StartAsync(requests);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("HoldsTheOnlySlot", Cancellation);
        await entered.Task.WaitAsync(Cancellation);
        var before = requests.Requests;

        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new string('x', 100_000), new StartOrchestrationOptions("one"), Cancellation);
        var after = requests.Requests;
        gate.Set();

        Assert.Equal(1, after - before);
    }

    [Fact]
    public async Task An_orchestration_of_ten_activities_in_turn_costs_one_request_for_each_step()
    {
        await using var hub = new TestHub(azurite);
        hub.Activities.Add(Define.Activity<int, int>("Next", x => x + 1));
        hub.Orchestrators.Add(Define.Orchestrator("Chain", async context =>
        {
            var x = 0;
            for (var i = 0; i < 10; i++)
            {
                x = await context.CallActivityAsync<int>("Next", x);
            }

            return x;
        }));
        var requests = new StoragePolicy();
        var engine = await hub.StartAsync(requests);
        var before = requests.Requests;
        var watch = Stopwatch.StartNew();

        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Chain", Cancellation);
        await engine.Client.WaitForInstanceCompletionAsync(id, Cancellation);

        TestContext.Current.TestOutputHelper?.WriteLine($"Ten activities in turn: {watch.Elapsed}, {requests.Requests - before} requests");

        // The start; the first step and one after each activity; reads of the waiting client: at the most pending, running, ended.
        Assert.InRange(requests.Requests - before, 13, 15);
    }

    [Fact]
    public async Task An_idle_engine_asks_for_almost_nothing()
    {
        await using var hub = new TestHub(azurite);
        hub.Orchestrators.Add(Define.Orchestrator("Wait", context => context.WaitForExternalEvent<int>("Go")));
        hub.Options = hub.Options with { LeaseDuration = TimeSpan.FromSeconds(3) };
        var requests = new StoragePolicy();
        var engine = await hub.StartAsync(requests);
        for (var i = 0; i < 10; i++)
        {
            var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", Cancellation);
            await engine.Client.WaitForInstanceStartAsync(id, Cancellation);
        }

        var before = requests.Requests;
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, Cancellation);

        // Renewals at a third of the lease's three seconds, a tenth of the usual: four, or five at the edge.
        Assert.InRange(requests.Requests - before, 2, 5);
    }

    [Fact]
    public async Task A_thousand_orchestrations_at_once_complete()
    {
        await using var hub = new TestHub(azurite);
        hub.Activities.Add(Define.Activity<int, int>("Double", x => 2 * x));
        hub.Orchestrators.Add(Define.Orchestrator("Twice", async context =>
            await context.CallActivityAsync<int>("Double", await context.CallActivityAsync<int>("Double", context.GetInput<int>()))));
        var engine = await hub.StartAsync();
        var watch = Stopwatch.StartNew();

        var ids = await Task.WhenAll(Enumerable.Range(0, 1000).Select(x =>
            engine.Client.ScheduleNewOrchestrationInstanceAsync("Twice", x, Cancellation)));
        TestContext.Current.TestOutputHelper?.WriteLine($"1,000 starts: {watch.Elapsed}");
        var ended = await Task.WhenAll(ids.Select(id => engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation)));
        TestContext.Current.TestOutputHelper?.WriteLine($"1,000 orchestrations: {watch.Elapsed}");

        Assert.All(ended, (one, x) => Assert.Equal(4 * x, one.ReadOutputAs<int>()));
    }

    [Theory]
    [InlineData(250)]
    [InlineData(1000)]
    public async Task A_window_of_many_activities_completes(int width)
    {
        await using var hub = new TestHub(azurite);
        hub.Activities.Add(Define.Activity<int, int>("Double", x => 2 * x));
        hub.Orchestrators.Add(Define.Orchestrator("Window", async context =>
        {
            var window = Enumerable.Range(0, context.GetInput<int>()).Select(x => context.CallActivityAsync<int>("Double", x)).ToList();
            var sum = 0;
            while (window.Count > 0)
            {
                var done = await Task.WhenAny(window);
                window.Remove(done);
                sum += await done;
            }

            return sum;
        }));
        var requests = new StoragePolicy();
        var engine = await hub.StartAsync(requests);
        var watch = Stopwatch.StartNew();

        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Window", width, Cancellation);
        var ended = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);
        TestContext.Current.TestOutputHelper?.WriteLine($"{width} activities: {watch.Elapsed}, {requests.Requests} requests");

        Assert.Equal(width * (width - 1), ended.ReadOutputAs<int>());
    }
}

using System.Collections.Concurrent;
using LocalRuntime.Durable;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Testing;

namespace LocalRuntime.Tests.Durable;

public sealed class KillTests(AzuriteFixture azurite)
{
    // The lease is the first write, the start of the instance the second, and the last step of a calm run the ninth at most:
    // three activities, a timer and an event.
    public static TheoryData<int> Writes => new(Enumerable.Range(1, 12));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_process_that_dies_after_any_write_loses_nothing(int lastWrite)
    {
        await using var hub = new TestHub(azurite);
        var effects = new ConcurrentDictionary<int, int>();
        hub.Activities.Add(Define.Activity<int, int>("Effect", x =>
        {
            effects.AddOrUpdate(x, 1, (_, count) => count + 1);
            return 10 * x;
        }));
        hub.Orchestrators.Add(Define.Orchestrator("Long", RunLongAsync));
        var dying = new StoragePolicy(lastWrite);
        var first = hub.NewEngine(dying);

        var life = LiveAsync(first, start: true);
        await Task.WhenAny(life, dying.Dead);
        await first.DisposeAsync();
        await Record.ExceptionAsync(() => life);
        var second = await hub.StartAsync();
        await LiveAsync(second, start: false);
        var ended = await second.Client.WaitForInstanceCompletionAsync("long", getInputsAndOutputs: true, Cancellation);

        Assert.Equal("10,20,30 go 40", ended.ReadOutputAs<string>());
        Assert.Equal([1, 2, 3, 4], effects.Keys.Order());
    }

    [Fact]
    public async Task A_stopped_engine_runs_a_cancelled_activity_again_at_the_next_start()
    {
        await using var hub = new TestHub(azurite);
        var begun = new TaskCompletionSource();
        var runs = 0;
        hub.Activities.Add(new("Slow", async (_, cancellationToken) =>
        {
            if (Interlocked.Increment(ref runs) == 1)
            {
                begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            return "\"done\"";
        }));
        hub.Orchestrators.Add(Define.Orchestrator("Calls", context => context.CallActivityAsync<string>("Slow")));
        var first = await hub.StartAsync();
        var id = await first.Client.ScheduleNewOrchestrationInstanceAsync("Calls", Cancellation);

        await begun.Task.WaitAsync(Cancellation);
        await first.StopAsync(Cancellation);
        var second = await hub.StartAsync();
        var ended = await second.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);

        Assert.Equal("done", ended.ReadOutputAs<string>());
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Code_that_was_changed_while_its_instance_ran_fails_at_the_next_start()
    {
        await using var hub = new TestHub(azurite);
        hub.Orchestrators.Add(Define.Orchestrator("Code", context => context.WaitForExternalEvent<string>("Go")));
        var first = await hub.StartAsync();
        var id = await first.Client.ScheduleNewOrchestrationInstanceAsync("Code", Cancellation);
        await first.Client.WaitForInstanceStartAsync(id, Cancellation);
        await first.StopAsync(Cancellation);

        hub.Orchestrators[0] = Define.Orchestrator("Code", context => context.CallActivityAsync<string>("New"));
        var second = await hub.StartAsync();
        var ended = await second.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("nothing where the code now asks for activity 'New' (#0)", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_that_awaits_something_not_durable_fails_its_instance()
    {
        await using var hub = new TestHub(azurite);
        hub.Orchestrators.Add(Define.Orchestrator("Sleeps", async context =>
        {
            var wait = context.WaitForExternalEvent<string>("Never");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            return await wait;
        }));
        var engine = await hub.StartAsync();

        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Sleeps", Cancellation);
        var ended = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);

        Assert.StartsWith("An invalid asynchronous invocation was detected.", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    private static async Task<string> RunLongAsync(TaskOrchestrationContext context)
    {
        var parts = await Task.WhenAll(Enumerable.Range(1, 3).Select(x => context.CallActivityAsync<int>("Effect", x)));
        await context.CreateTimer(TimeSpan.FromMilliseconds(30), CancellationToken.None);
        var word = await context.WaitForExternalEvent<string>("Word");
        return $"{string.Join(',', parts)} {word} {await context.CallActivityAsync<int>("Effect", 4)}";
    }

    // What a client does who repeats until it is heard: start once, send the word unless the instance has ended.
    private static async Task LiveAsync(DurableEngine engine, bool start)
    {
        if (start)
        {
            await engine.StartAsync(Cancellation);
        }

        await Record.ExceptionAsync(() => engine.Client.ScheduleNewOrchestrationInstanceAsync("Long", new StartOrchestrationOptions("long"), Cancellation));
        await Record.ExceptionAsync(() => engine.Client.RaiseEventAsync("long", "Word", "go", Cancellation));
        await engine.Client.WaitForInstanceCompletionAsync("long", Cancellation);
    }
}

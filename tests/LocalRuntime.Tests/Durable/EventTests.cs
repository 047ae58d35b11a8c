using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using Testing;

namespace LocalRuntime.Tests.Durable;

public sealed class EventTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Early_events_are_kept_in_order_and_names_match_in_any_case()
    {
        await using var hub = new TestHub(azurite);
        hub.Orchestrators.Add(Define.Orchestrator("Collect", async context =>
        {
            await context.WaitForExternalEvent<string>("Begin");
            return $"{await context.WaitForExternalEvent<string>("item")}{await context.WaitForExternalEvent<string>("ITEM")}";
        }));
        var engine = await hub.StartAsync();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Collect", Cancellation);

        await engine.Client.RaiseEventAsync(id, "Item", "a", Cancellation);
        await engine.Client.RaiseEventAsync(id, "Item", "b", Cancellation);
        await engine.Client.RaiseEventAsync(id, "begin", Cancellation);
        var ended = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);

        Assert.Equal("ab", ended.ReadOutputAs<string>());
    }

    [Fact]
    public async Task The_newest_of_two_waiters_gets_the_event()
    {
        await using var hub = new TestHub(azurite);
        hub.Orchestrators.Add(Define.Orchestrator("Two", async context =>
        {
            var older = context.WaitForExternalEvent<int>("Go");
            var newer = context.WaitForExternalEvent<int>("Go");
            return await Task.WhenAny(older, newer) == newer;
        }));
        var engine = await hub.StartAsync();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Two", Cancellation);

        await engine.Client.RaiseEventAsync(id, "Go", 1, Cancellation);
        var ended = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);

        Assert.True(ended.ReadOutputAs<bool>());
    }

    [Fact]
    public async Task A_wait_for_an_event_ends_with_its_time()
    {
        var clock = new FakeTimeProvider();
        await using var hub = new TestHub(azurite) { Time = clock };
        hub.Orchestrators.Add(Define.Orchestrator("Patience", async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("Go", TimeSpan.FromDays(40));
            }
            catch (TaskCanceledException)
            {
                return "too late";
            }
        }));
        var engine = await hub.StartAsync();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Patience", Cancellation);
        await engine.Client.WaitForInstanceStartAsync(id, Cancellation);
        // On record after the first step, and so after the timer is set.
        await engine.Client.RaiseEventAsync(id, "Other", Cancellation);

        clock.Advance(TimeSpan.FromDays(39));
        await engine.Client.RaiseEventAsync(id, "Other", Cancellation);
        Assert.True((await engine.Client.GetInstanceAsync(id, Cancellation))!.IsRunning);
        clock.Advance(TimeSpan.FromDays(2));
        var ended = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);

        Assert.Equal("too late", ended.ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_timer_fires_at_its_time_and_the_code_sees_that_time()
    {
        await using var hub = new TestHub(azurite);
        hub.Orchestrators.Add(Define.Orchestrator("Pause", async context =>
        {
            var begun = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromMilliseconds(200), CancellationToken.None);
            return (context.CurrentUtcDateTime - begun).TotalMilliseconds;
        }));
        var engine = await hub.StartAsync();

        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Pause", Cancellation);
        var ended = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);

        Assert.InRange(ended.ReadOutputAs<double>(), 200, 10_000);
    }

    [Fact]
    public async Task Continue_as_new_carries_unprocessed_events_over_and_leaves_no_history_behind()
    {
        await using var hub = new TestHub(azurite);
        hub.Activities.Add(Define.Activity<int, int>("Next", x => x + 1));
        hub.Orchestrators.Add(Define.Orchestrator("Rounds", async context =>
        {
            var round = context.GetInput<int>();
            if (round < 30)
            {
                context.SetCustomStatus($"round {round}");
                context.ContinueAsNew(await context.CallActivityAsync<int>("Next", round));
                return "";
            }

            return await context.WaitForExternalEvent<string>("Kept");
        }));
        var engine = await hub.StartAsync();

        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Rounds", 0, Cancellation);
        await engine.Client.RaiseEventAsync(id, "Kept", "carried", Cancellation);
        var ended = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);

        Assert.Equal("carried", ended.ReadOutputAs<string>());
        Assert.Equal(30, ended.ReadInputAs<int>());
        Assert.Equal("round 29", ended.ReadCustomStatusAs<string>());
        await engine.StopAsync(Cancellation);
        var rows = await hub.Table.QueryAsync<TableEntity>($"PartitionKey eq '{id}'", cancellationToken: Cancellation).CountAsync(Cancellation);
        Assert.InRange(rows, 2, 3);
    }

    [Fact]
    public async Task Continue_as_new_drops_unprocessed_events_when_told_to()
    {
        await using var hub = new TestHub(azurite);
        hub.Orchestrators.Add(Define.Orchestrator("Drop", async context =>
        {
            if (context.GetInput<bool>())
            {
                await context.WaitForExternalEvent<int>("Go");
                context.ContinueAsNew(false, preserveUnprocessedEvents: false);
                return "";
            }

            return await context.WaitForExternalEvent<string>("Item");
        }));
        var engine = await hub.StartAsync();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Drop", true, Cancellation);

        await engine.Client.RaiseEventAsync(id, "Item", "dropped", Cancellation);
        await engine.Client.RaiseEventAsync(id, "Go", 1, Cancellation);
        await engine.Client.RaiseEventAsync(id, "Item", "taken", Cancellation);
        var ended = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);

        Assert.Equal("taken", ended.ReadOutputAs<string>());
    }
}

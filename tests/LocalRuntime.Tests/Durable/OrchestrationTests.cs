using Azure.Data.Tables;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Testing;

namespace LocalRuntime.Tests.Durable;

public sealed class OrchestrationTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_orchestration_calls_activities_and_returns_its_result()
    {
        await using var hub = new TestHub(azurite);
        hub.Activities.Add(Define.Activity<int, int>("Double", x => 2 * x));
        hub.Orchestrators.Add(Define.Orchestrator("Sum", async context =>
        {
            var input = context.GetInput<int>();
            var parts = await Task.WhenAll(Enumerable.Range(0, input).Select(x => context.CallActivityAsync<int>("double", x)));
            return parts.Sum();
        }));
        var engine = await hub.StartAsync();

        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("sum", 5, Cancellation);
        var ended = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal("Sum", ended.Name);
        Assert.Equal(5, ended.ReadInputAs<int>());
        Assert.Equal(20, ended.ReadOutputAs<int>());
    }

    [Fact]
    public async Task Null_passes_as_input_and_result()
    {
        await using var hub = new TestHub(azurite);
        hub.Activities.Add(Define.Activity<string?, string?>("Echo", x => x));
        hub.Orchestrators.Add(Define.Orchestrator("Nulls", async context =>
        {
            await context.CallActivityAsync("Echo");
            return $"{context.GetInput<string>() ?? "none"} {await context.CallActivityAsync<string?>("Echo") ?? "none"} {await context.CallActivityAsync<int>("Echo")}";
        }));
        var engine = await hub.StartAsync();

        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Nulls", Cancellation);
        var ended = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);

        Assert.Null(ended.SerializedInput);
        Assert.Equal("none none 0", ended.ReadOutputAs<string>());
    }

    [Fact]
    public async Task The_first_of_several_tasks_decides()
    {
        await using var hub = new TestHub(azurite);
        var never = new TaskCompletionSource<int>();
        hub.Activities.Add(Define.Activity<int, int>("Slow", _ => never.Task));
        hub.Activities.Add(Define.Activity<int, int>("Fast", x => x));
        hub.Orchestrators.Add(Define.Orchestrator("Race", async context =>
        {
            var slow = context.CallActivityAsync<int>("Slow", 1);
            var fast = context.CallActivityAsync<int>("Fast", 2);
            return await await Task.WhenAny(slow, fast);
        }));
        var engine = await hub.StartAsync();

        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Race", Cancellation);
        var ended = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);

        Assert.Equal(2, ended.ReadOutputAs<int>());
        never.SetResult(0);
    }

    [Fact]
    public async Task A_pending_or_running_instance_is_not_started_again()
    {
        await using var hub = new TestHub(azurite);
        hub.Orchestrators.Add(Define.Orchestrator("Wait", context => context.WaitForExternalEvent<string>("Go")));
        var engine = await hub.StartAsync();
        var options = new StartOrchestrationOptions("the-one");

        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "first", options, Cancellation);
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(
            () => engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "second", options, Cancellation));
        await engine.Client.RaiseEventAsync("the-one", "go", "x", Cancellation);
        var ended = await engine.Client.WaitForInstanceCompletionAsync("the-one", getInputsAndOutputs: true, Cancellation);

        Assert.Equal("first", ended.ReadInputAs<string>());
    }

    [Fact]
    public async Task A_finished_instance_is_started_anew()
    {
        await using var hub = new TestHub(azurite);
        hub.Activities.Add(Define.Activity<string, string>("Echo", x => x));
        hub.Orchestrators.Add(Define.Orchestrator("Echo", context => context.CallActivityAsync<string>("Echo", context.GetInput<string>())));
        var engine = await hub.StartAsync();
        var options = new StartOrchestrationOptions("again");

        foreach (var input in (string[])["first", "second", "third"])
        {
            await engine.Client.ScheduleNewOrchestrationInstanceAsync("Echo", input, options, Cancellation);
            var ended = await engine.Client.WaitForInstanceCompletionAsync("again", getInputsAndOutputs: true, Cancellation);
            Assert.Equal(input, ended.ReadOutputAs<string>());
        }
    }

    [Fact]
    public async Task Twenty_starts_of_one_id_at_once_make_one_instance()
    {
        await using var hub = new TestHub(azurite);
        hub.Orchestrators.Add(Define.Orchestrator("Wait", context => context.WaitForExternalEvent<int>("Go")));
        var engine = await hub.StartAsync();

        var starts = Enumerable.Range(0, 20).Select(x =>
            engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", x, new StartOrchestrationOptions("one"), Cancellation)).ToList();
        var refusals = 0;
        foreach (var start in starts)
        {
            refusals += await Record.ExceptionAsync(() => start) is OrchestrationAlreadyExistsException ? 1 : 0;
        }

        Assert.Equal(19, refusals);
    }

    [Fact]
    public async Task An_unknown_instance_is_null_and_an_unknown_orchestrator_is_refused()
    {
        await using var hub = new TestHub(azurite);
        var engine = await hub.StartAsync();

        Assert.Null(await engine.Client.GetInstanceAsync("nobody", Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => engine.Client.ScheduleNewOrchestrationInstanceAsync("Nothing", Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => engine.Client.RaiseEventAsync("nobody", "Go", null, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => engine.Client.TerminateInstanceAsync("nobody", Cancellation));
    }

    [Theory]
    [InlineData("@entity")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\nb")]
    public async Task A_malformed_instance_id_is_refused(string id)
    {
        await using var hub = new TestHub(azurite);
        hub.Orchestrators.Add(Define.Orchestrator("Any", _ => Task.FromResult(1)));
        var engine = await hub.StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(
            () => engine.Client.ScheduleNewOrchestrationInstanceAsync("Any", new StartOrchestrationOptions(id), Cancellation));
    }

    [Fact]
    public async Task A_terminated_instance_has_the_given_output_and_takes_no_more_events()
    {
        await using var hub = new TestHub(azurite);
        hub.Orchestrators.Add(Define.Orchestrator("Wait", context => context.WaitForExternalEvent<int>("Go")));
        var engine = await hub.StartAsync();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", Cancellation);

        await engine.Client.TerminateInstanceAsync(id, "enough", Cancellation);
        var ended = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
        Assert.Equal("enough", ended.ReadOutputAs<string>());
        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.Client.RaiseEventAsync(id, "Go", 1, Cancellation));
    }

    [Fact]
    public async Task A_purge_removes_what_has_ended_and_nothing_else()
    {
        await using var hub = new TestHub(azurite);
        hub.Orchestrators.Add(Define.Orchestrator("Wait", context => context.WaitForExternalEvent<int>("Go")));
        var engine = await hub.StartAsync();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", Cancellation);

        Assert.Equal(0, (await engine.Client.PurgeInstanceAsync(id, Cancellation)).PurgedInstanceCount);
        await engine.Client.RaiseEventAsync(id, "Go", 1, Cancellation);
        await engine.Client.WaitForInstanceCompletionAsync(id, Cancellation);
        Assert.Equal(1, (await engine.Client.PurgeInstanceAsync(id, Cancellation)).PurgedInstanceCount);

        Assert.Null(await engine.Client.GetInstanceAsync(id, Cancellation));
        Assert.Equal(0, await hub.Table
            .QueryAsync<TableEntity>($"PartitionKey eq '{id}'", cancellationToken: Cancellation)
            .CountAsync(Cancellation));
    }
}

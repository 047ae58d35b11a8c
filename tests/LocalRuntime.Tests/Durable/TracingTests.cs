using System.Collections.Concurrent;
using System.Diagnostics;
using LocalRuntime.Durable;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Testing;

namespace LocalRuntime.Tests.Durable;

public sealed class TracingTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_orchestration_and_its_activities_are_in_the_trace_of_who_started_it()
    {
        await using var hub = Hub();
        using var trace = new Trace();
        var engine = await hub.StartAsync();

        await StartAsync(engine, trace);
        await engine.Client.RaiseEventAsync("traced", "go", cancellation: Cancellation);
        await engine.Client.WaitForInstanceCompletionAsync("traced", Cancellation);
        await engine.StopAsync(Cancellation);

        Assert.Equal(trace.Root.SpanId, trace.Single("create_orchestration:Two").ParentSpanId);
        Assert.Equal(trace.Single("create_orchestration:Two").SpanId, trace.Single("orchestration:Two").ParentSpanId);
        Assert.Equal(trace.Single("orchestration:Two").SpanId, trace.Single("activity:First").ParentSpanId);
        Assert.Equal(trace.Single("orchestration:Two").SpanId, trace.Single("activity:Second").ParentSpanId);
        Assert.Equal(4, trace.Spans.Count);
    }

    [Fact]
    public async Task A_process_that_dies_leaves_its_trace_to_the_next()
    {
        await using var hub = Hub();
        using var trace = new Trace();
        var dying = await hub.StartAsync();
        await StartAsync(dying, trace);
        await trace.EndOfAsync("activity:First");
        await dying.DisposeAsync();

        var next = await hub.StartAsync();
        await next.Client.RaiseEventAsync("traced", "go", cancellation: Cancellation);
        await next.Client.WaitForInstanceCompletionAsync("traced", Cancellation);
        await next.StopAsync(Cancellation);

        var orchestration = trace.Single("orchestration:Two");
        Assert.Equal(trace.Single("create_orchestration:Two").SpanId, orchestration.ParentSpanId);
        Assert.Equal(orchestration.SpanId, trace.Single("activity:Second").ParentSpanId);
        // Its result may not have been on record: then it ran again.
        Assert.All(trace.Spans.Where(span => span.DisplayName == "activity:First"), span => Assert.Equal(orchestration.SpanId, span.ParentSpanId));
        Assert.InRange(orchestration.StartTimeUtc, trace.Root.StartTimeUtc, trace.Single("activity:Second").StartTimeUtc);
    }

    [Fact]
    public async Task Nobody_listening_an_orchestration_runs_all_the_same()
    {
        await using var hub = Hub();
        var engine = await hub.StartAsync();

        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Two", new StartOrchestrationOptions("traced"), Cancellation);
        await engine.Client.RaiseEventAsync("traced", "go", cancellation: Cancellation);
        var ended = await engine.Client.WaitForInstanceCompletionAsync("traced", Cancellation);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
    }

    private static async Task StartAsync(DurableEngine engine, Trace trace)
    {
        trace.Root.Start();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Two", new StartOrchestrationOptions("traced"), Cancellation);
        trace.Root.Stop();
    }

    private TestHub Hub()
    {
        var hub = new TestHub(azurite);
        hub.Activities.Add(Define.Activity<int, int>("First", x => x));
        hub.Activities.Add(Define.Activity<int, int>("Second", x => x));
        hub.Orchestrators.Add(Define.Orchestrator("Two", async context =>
        {
            await context.CallActivityAsync<int>("First", 1);
            await context.WaitForExternalEvent<string>("go");
            return await context.CallActivityAsync<int>("Second", 2);
        }));
        return hub;
    }

    /// <summary>Hears the spans of one trace, whichever process makes them.</summary>
    private sealed class Trace : IDisposable
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource> ended = new(StringComparer.Ordinal);
        private readonly ActivityListener listener;

        public Trace()
        {
            Root = new Activity("test").SetIdFormat(ActivityIdFormat.W3C);
            Root.ActivityTraceFlags = ActivityTraceFlags.Recorded;
            listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name is "Microsoft.DurableTask" or "DurableTask.Core",
                Sample = (ref sample) => sample.TraceId == Root.TraceId ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
                ActivityStopped = span =>
                {
                    if (span.TraceId == Root.TraceId)
                    {
                        Spans.Enqueue(span);
                        Ended(span.DisplayName).TrySetResult();
                    }
                },
            };
            ActivitySource.AddActivityListener(listener);
        }

        public Activity Root { get; }

        public ConcurrentQueue<Activity> Spans { get; } = [];

        public Activity Single(string name) => Assert.Single(Spans, span => span.DisplayName == name);

        public Task EndOfAsync(string name) => Ended(name).Task;

        public void Dispose() => listener.Dispose();

        private TaskCompletionSource Ended(string name) =>
            ended.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}

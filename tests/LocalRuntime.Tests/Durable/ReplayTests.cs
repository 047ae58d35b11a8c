using LocalRuntime.Durable;
using LocalRuntime.Durable.History;
using LocalRuntime.Durable.Replay;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRuntime.Tests.Durable;

public sealed class ReplayTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Episode Begun = new(Noon, [new Arrival.Started()], [new Decision.CallActivity(0, "First", null)]);
    private static readonly Episode Next = new(Noon, [new Arrival.ActivityCompleted(0, "1")], []);

    [Fact]
    public void Code_that_calls_another_activity_than_its_history_has_fails_with_both_names()
    {
        var failure = FailureOf(async context => await context.CallActivityAsync<int>("Second"));

        Assert.Equal("DurableTask.Core.Exceptions.NonDeterministicOrchestrationException", failure.ErrorType);
        Assert.Contains("activity 'First' (#0) where the code now asks for activity 'Second' (#0)", failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_that_sets_a_timer_where_its_history_has_an_activity_fails()
    {
        var failure = FailureOf(async context => await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None));

        Assert.Contains("activity 'First' (#0) where the code now asks for a timer (#0)", failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_that_asks_for_less_than_its_history_has_fails()
    {
        var failure = FailureOf(context => context.WaitForExternalEvent<int>("Go"));

        Assert.Contains("activity 'First' (#0) where the code now asks for nothing", failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_that_asks_for_more_than_its_history_has_fails()
    {
        var failure = FailureOf(async context =>
        {
            var first = context.CallActivityAsync<int>("First");
            var second = context.CallActivityAsync<int>("Second");
            await Task.WhenAll(first, second);
        });

        Assert.Contains("nothing where the code now asks for activity 'Second' (#1)", failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_that_ends_before_its_history_does_fails()
    {
        var failure = FailureOf(context =>
        {
            _ = context.CallActivityAsync<int>("First");
            return Task.CompletedTask;
        });

        Assert.Contains("its history goes on where the code now ends", failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_sees_the_same_times_and_identifiers_and_knows_that_it_replays()
    {
        List<(DateTime, Guid, bool)> seen = [];
        async Task<string?> Code(TaskOrchestrationContext context)
        {
            seen.Add((context.CurrentUtcDateTime, context.NewGuid(), context.IsReplaying));
            await context.CallActivityAsync("First");
            seen.Add((context.CurrentUtcDateTime, context.NewGuid(), context.IsReplaying));
            return null;
        }

        Run(Code, [], Begun with { Decisions = [] });
        var done = Run(Code, [Begun], Next with { At = Noon.AddHours(1) });

        Assert.IsType<Ending.Completed>(done.Ending);
        Assert.Equal(3, seen.Count);
        Assert.Equal((seen[0].Item1, seen[0].Item2, false), seen[0]);
        Assert.Equal((seen[0].Item1, seen[0].Item2, true), seen[1]);
        Assert.Equal((Noon.AddHours(1).UtcDateTime, false), (seen[2].Item1, seen[2].Item3));
        Assert.NotEqual(seen[0].Item2, seen[2].Item2);
        Assert.Equal(5, seen[0].Item2.Version);
    }

    [Fact]
    public void A_replay_safe_logger_writes_once()
    {
        var lines = new List<string>();
        using var factory = new LoggerFactory([new ListProvider(lines)]);
        async Task<string?> Code(TaskOrchestrationContext context)
        {
            var logger = context.CreateReplaySafeLogger("Test");
            logger.Log(LogLevel.Information, default, "before", null, (line, _) => line);
            await context.CallActivityAsync("First");
            logger.Log(LogLevel.Information, default, "after", null, (line, _) => line);
            return null;
        }

        Run(Code, [], Begun with { Decisions = [] }, factory);
        Run(Code, [Begun], Next, factory);

        Assert.Equal(["before", "after"], lines);
    }

    [Fact]
    public void Code_that_awaits_nothing_durable_fails()
    {
        var never = new TaskCompletionSource<string?>();

        var failed = Assert.IsType<Ending.Failed>(Run(_ => never.Task, [], Begun with { Decisions = [] }).Ending);

        Assert.Equal("System.InvalidOperationException", failed.Failure.ErrorType);
        Assert.StartsWith("An invalid asynchronous invocation was detected.", failed.Failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_that_goes_on_after_something_not_durable_is_reported()
    {
        var outside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reported = new TaskCompletionSource();
        var waiting = Run(
            async context =>
            {
                var call = context.CallActivityAsync<string?>("First");
                await outside.Task;
                return await call;
            },
            [],
            Begun with { Decisions = [] },
            onIllegalAwait: () => reported.TrySetResult());

        Assert.Null(waiting.Ending);
        outside.SetResult();
        await reported.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void The_context_refuses_another_thread()
    {
        InvalidOperationException? refusal = null;
        Run(
            context =>
            {
                var thread = new Thread(() => refusal = Assert.Throws<InvalidOperationException>(() => context.NewGuid()));
                thread.Start();
                thread.Join();
                return Task.FromResult<string?>(null);
            },
            [],
            Begun with { Decisions = [] });

        Assert.NotNull(refusal);
    }

    [Fact]
    public void A_cancelled_timer_is_no_longer_open()
    {
        var result = Run(
            async context =>
            {
                var timer = context.CreateTimer(TimeSpan.FromDays(1), new CancellationToken(canceled: true));
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => timer);
                return await context.CallActivityAsync<string>("First");
            },
            [],
            Begun with { Decisions = [] });

        Assert.Equal(2, result.Decisions.Count);
        Assert.Equal("First", Assert.IsType<Decision.CallActivity>(Assert.Single(result.Open)).Name);
    }

    private static TaskFailureDetails FailureOf(Func<TaskOrchestrationContext, Task> code)
    {
        async Task<string?> Code(TaskOrchestrationContext context)
        {
            await code(context);
            return null;
        }

        return Assert.IsType<Ending.Failed>(Run(Code, [Begun], Next).Ending).Failure;
    }

    private static ReplayResult Run(
        Func<TaskOrchestrationContext, Task<string?>> code, Episode[] history, Episode next, ILoggerFactory? loggers = null, Action? onIllegalAwait = null) =>
        new Replayer(new DurableOptions().Converter, loggers ?? NullLoggerFactory.Instance).Run(
            new OrchestratorDefinition("Code", code), new Execution("Code", "one", null), history, next, onIllegalAwait ?? (() => { }));

    private sealed class ListProvider(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}

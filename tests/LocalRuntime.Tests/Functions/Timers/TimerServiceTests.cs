using System.Threading.Channels;
using LocalRuntime.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace LocalRuntime.Tests.Functions.Timers;

public sealed class TimerServiceTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 30, TimeSpan.Zero);
    private readonly WatchedTime time = new(Start);
    private readonly Runs runs = new();

    [Fact]
    public async Task A_timer_runs_at_its_times_and_is_told_of_them()
    {
        await using var app = await StartAsync(typeof(EveryMinute));

        await AdvanceAsync(TimeSpan.FromSeconds(30));
        var first = await runs.NextAsync();
        await AdvanceAsync(TimeSpan.FromSeconds(60));
        var second = await runs.NextAsync();

        Assert.Equal(Start.UtcDateTime.AddSeconds(90), first.ScheduleStatus!.Next);
        Assert.Equal(Start.UtcDateTime.AddSeconds(30), second.ScheduleStatus!.Last);
        Assert.False(second.IsPastDue);
    }

    [Fact]
    public async Task A_timer_can_run_at_the_start_too()
    {
        await using var app = await StartAsync(typeof(AtStart));

        var first = await runs.NextAsync();

        Assert.Null(first.ScheduleStatus);
    }

    [Fact]
    public async Task A_run_that_fails_does_not_end_the_schedule()
    {
        runs.Outcome = () => throw new InvalidOperationException("no");
        await using var app = await StartAsync(typeof(EveryMinute));

        await AdvanceAsync(TimeSpan.FromSeconds(30));
        await runs.NextAsync();
        await AdvanceAsync(TimeSpan.FromSeconds(60));

        Assert.NotNull(await runs.NextAsync());
    }

    [Fact]
    public async Task Two_runs_of_one_timer_never_overlap_and_times_that_pass_meanwhile_are_left_out()
    {
        var release = new TaskCompletionSource();
        runs.Outcome = () => release.Task;
        await using var app = await StartAsync(typeof(EveryMinute));
        await AdvanceAsync(TimeSpan.FromSeconds(30));
        await runs.NextAsync();

        time.Advance(TimeSpan.FromMinutes(10));
        Assert.False(runs.Any);
        release.SetResult();
        await AdvanceAsync(TimeSpan.FromSeconds(60));
        var next = await runs.NextAsync();

        Assert.Equal(Start.UtcDateTime.AddSeconds(30), next.ScheduleStatus!.Last);
        Assert.Equal(Start.UtcDateTime.AddSeconds(30 + 720), next.ScheduleStatus.Next);
    }

    [Fact]
    public async Task A_stop_ends_a_run_by_its_token_and_awaits_it()
    {
        runs.Outcome = () => Task.Delay(Timeout.InfiniteTimeSpan, time, runs.Token);
        await using var app = await StartAsync(typeof(EveryMinute));
        await AdvanceAsync(TimeSpan.FromSeconds(30));
        await runs.NextAsync();

        await app.StopAsync();

        Assert.True(runs.Token.IsCancellationRequested);
        Assert.True(runs.Ended);
    }

    private Task<RunningApp> StartAsync(Type functions) => RunningApp.StartAsync(
        builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.Services.AddSingleton(runs);
        },
        functions);

    private async Task AdvanceAsync(TimeSpan by)
    {
        await time.WaitingAsync();
        time.Advance(by);
    }

    private sealed class EveryMinute(Runs runs)
    {
        [Function("EveryMinute")]
        public Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => runs.AddAsync(timer, cancellationToken);
    }

    private sealed class AtStart(Runs runs)
    {
        [Function("AtStart")]
        public Task Run([TimerTrigger("0 * * * * *", RunOnStartup = true, UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken) =>
            runs.AddAsync(timer, cancellationToken);
    }

    private sealed class Runs
    {
        private readonly Channel<TimerInfo> all = Channel.CreateUnbounded<TimerInfo>();

        public Func<Task> Outcome { get; set; } = () => Task.CompletedTask;

        public CancellationToken Token { get; private set; }

        public bool Ended { get; private set; }

        public bool Any => all.Reader.Count > 0;

        public async Task AddAsync(TimerInfo timer, CancellationToken cancellationToken)
        {
            Token = cancellationToken;
            all.Writer.TryWrite(timer);
            try
            {
                await Outcome();
            }
            finally
            {
                Ended = true;
            }
        }

        public async Task<TimerInfo> NextAsync() => await all.Reader.ReadAsync(TestContext.Current.CancellationToken);
    }

    // Says when somebody waits for it, so that it is not moved on before.
    private sealed class WatchedTime(DateTimeOffset start) : FakeTimeProvider(start)
    {
        private readonly Channel<TimeSpan> waits = Channel.CreateUnbounded<TimeSpan>();

        public async Task WaitingAsync() => await waits.Reader.ReadAsync(TestContext.Current.CancellationToken);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime > TimeSpan.Zero && dueTime <= TimeSpan.FromMinutes(1))
            {
                waits.Writer.TryWrite(dueTime);
            }

            return timer;
        }
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Vbs.Health;

namespace Vbs.Tests.Health;

public sealed class ReadinessTests
{
    private readonly FakeTimeProvider time = new();
    private int asked;

    [Fact]
    public async Task The_service_is_ready_when_every_probe_answers()
    {
        Assert.True(await Of(Answers, Answers).IsReadyAsync());
        Assert.False(await Of(Answers, _ => throw new InvalidOperationException()).IsReadyAsync());
        Assert.False(await Of(_ => Task.FromException(new IOException()), Answers).IsReadyAsync());
    }

    [Fact]
    public async Task An_answer_holds_five_seconds_however_often_it_is_asked()
    {
        var readiness = Of(Answers);

        for (var i = 0; i < 100; i++)
        {
            Assert.True(await readiness.IsReadyAsync());
        }

        time.Advance(Readiness.Kept - TimeSpan.FromTicks(1));
        await readiness.IsReadyAsync();
        Assert.Equal(1, asked);
        time.Advance(TimeSpan.FromTicks(1));
        await readiness.IsReadyAsync();
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Callers_at_once_share_one_round()
    {
        var answer = new TaskCompletionSource();
        var readiness = Of(_ =>
        {
            asked++;
            return answer.Task;
        });

        var callers = Enumerable.Range(0, 50).Select(_ => readiness.IsReadyAsync()).ToList();
        answer.SetResult();

        Assert.All(await Task.WhenAll(callers), Assert.True);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_probe_that_does_not_answer_is_waited_for_two_seconds_also_when_it_does_not_heed_its_token()
    {
        var begun = new TaskCompletionSource();
        var readiness = Of(_ =>
        {
            begun.SetResult();
            return new TaskCompletionSource().Task;
        });

        var ready = readiness.IsReadyAsync();
        await begun.Task;
        time.Advance(Readiness.Timeout);

        Assert.False(await ready);
    }

    private Task Answers(CancellationToken cancellationToken)
    {
        asked++;
        return Task.CompletedTask;
    }

    private Readiness Of(params Func<CancellationToken, Task>[] probes) =>
        new(probes.Select((probe, number) => new Probe($"{number}", probe)), time, NullLogger<Readiness>.Instance);
}

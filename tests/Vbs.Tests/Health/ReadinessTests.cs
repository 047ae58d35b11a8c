using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Vbs.Health;

namespace Vbs.Tests.Health;

public sealed class ReadinessTests
{
    private readonly FakeTimeProvider time = new();
    private int asked;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_service_is_ready_when_every_probe_answers()
    {
        Assert.True(await Of(Answers, Answers).IsReadyAsync(Stop));
        Assert.False(await Of(Answers, _ => throw new InvalidOperationException()).IsReadyAsync(Stop));
        Assert.False(await Of(_ => Task.FromException(new IOException()), Answers).IsReadyAsync(Stop));
    }

    [Fact]
    public async Task An_answer_holds_five_seconds_however_often_it_is_asked()
    {
        var readiness = Of(Answers);

        for (var i = 0; i < 100; i++)
        {
            Assert.True(await readiness.IsReadyAsync(Stop));
        }

        time.Advance(Readiness.Kept - TimeSpan.FromTicks(1));
        await readiness.IsReadyAsync(Stop);
        Assert.Equal(1, asked);
        time.Advance(TimeSpan.FromTicks(1));
        await readiness.IsReadyAsync(Stop);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Callers_at_once_share_one_round_and_one_that_gives_up_leaves_it_to_the_others()
    {
        var answer = new TaskCompletionSource();
        var readiness = Of(_ =>
        {
            asked++;
            return answer.Task;
        });
        using var impatient = new CancellationTokenSource();

        var first = readiness.IsReadyAsync(impatient.Token);
        var others = Enumerable.Range(0, 50).Select(_ => readiness.IsReadyAsync(Stop)).ToList();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        answer.SetResult();

        Assert.All(await Task.WhenAll(others), Assert.True);
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

        var ready = readiness.IsReadyAsync(Stop);
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

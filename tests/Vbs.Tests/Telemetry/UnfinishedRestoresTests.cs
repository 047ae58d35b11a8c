using Microsoft.Extensions.Time.Testing;
using Vbs.Telemetry;

namespace Vbs.Tests.Telemetry;

public sealed class UnfinishedRestoresTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void The_oldest_grows_older_between_sweeps()
    {
        var unfinished = new UnfinishedRestores(time);
        unfinished.Set(3, time.GetUtcNow() - TimeSpan.FromMinutes(10));

        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(3, Assert.Single(unfinished.Count()).Value);
        Assert.Equal(630, Assert.Single(unfinished.OldestAge()).Value);
    }

    [Fact]
    public void Without_restores_the_oldest_is_no_seconds_old()
    {
        var unfinished = new UnfinishedRestores(time);
        unfinished.Set(0, null);

        Assert.Equal(0, Assert.Single(unfinished.Count()).Value);
        Assert.Equal(0, Assert.Single(unfinished.OldestAge()).Value);
    }

    [Fact]
    public void What_a_sweep_found_is_not_told_when_it_is_stale_or_was_never()
    {
        var unfinished = new UnfinishedRestores(time);
        Assert.Empty(unfinished.Count());

        unfinished.Set(3, time.GetUtcNow());
        time.Advance(TimeSpan.FromSeconds(90));

        Assert.Empty(unfinished.Count());
        Assert.Empty(unfinished.OldestAge());
    }
}

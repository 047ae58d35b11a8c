namespace LocalRuntime.Durable.Running;

/// <summary>Calls back once a point in time has come; never before, however far it is.</summary>
internal sealed class DurableTimer : IDisposable
{
    // A timer of the runtime holds 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    private readonly DateTimeOffset fireAt;
    private readonly TimeProvider time;
    private readonly Action onFired;
    private readonly ITimer timer;

    /// <summary>Starts to wait.</summary>
    public DurableTimer(DateTimeOffset fireAt, TimeProvider time, Action onFired)
    {
        (this.fireAt, this.time, this.onFired) = (fireAt, time, onFired);
        timer = time.CreateTimer(static state => ((DurableTimer)state!).Check(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Check();
    }

    /// <summary>Stops; a call that has begun may still come.</summary>
    public void Dispose() => timer.Dispose();

    private void Check()
    {
        var left = fireAt - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            onFired();
        }
        else
        {
            // A millisecond more than is left: the runtime's timers round down.
            timer.Change(left < LongestWait ? left + TimeSpan.FromMilliseconds(1) : LongestWait, Timeout.InfiniteTimeSpan);
        }
    }
}

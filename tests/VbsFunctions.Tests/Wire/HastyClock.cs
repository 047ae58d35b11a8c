namespace VbsFunctions.Tests.Wire;

/// <summary>The system's clock, on which waiting can be shortened: with a speed of 50, what is to be waited for half a minute comes after 600 ms.
/// Timers that run already keep their pace.</summary>
public sealed class HastyClock : TimeProvider
{
    private double speed = 1;

    /// <summary>Shortens waiting until the result is disposed.</summary>
    public IDisposable Hurry(double times)
    {
        Volatile.Write(ref speed, times);
        return new Ending(() => Volatile.Write(ref speed, 1));
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime <= TimeSpan.Zero ? dueTime : dueTime / Volatile.Read(ref speed), period);

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

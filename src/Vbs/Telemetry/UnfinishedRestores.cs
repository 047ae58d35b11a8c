using System.Diagnostics.Metrics;

namespace Vbs.Telemetry;

/// <summary>How many restores are under way and how old the oldest is, as the last sweep of this process found.</summary>
/// <remarks>One process of many runs a sweep. What it found goes stale when the next is another's, and is reported no more.</remarks>
public sealed class UnfinishedRestores(TimeProvider time)
{
    // Three sweeps: one may be late, a second may fail.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(90);

    private Found? last;

    /// <summary>Notes what a sweep found.</summary>
    /// <param name="count">Restores accepted and not ended.</param>
    /// <param name="oldest">When the oldest of them was accepted; null when there is none.</param>
    public void Set(int count, DateTimeOffset? oldest) => Volatile.Write(ref last, new Found(time.GetUtcNow(), count, oldest));

    /// <summary>How many; nothing when no sweep of this process is recent.</summary>
    public IEnumerable<Measurement<int>> Count() => Recent() is { } found ? [new(found.Count)] : [];

    /// <summary>The age of the oldest in seconds, 0 when there is none; nothing when no sweep of this process is recent.</summary>
    public IEnumerable<Measurement<double>> OldestAge() =>
        Recent() is { } found ? [new(found.Oldest is { } oldest ? (time.GetUtcNow() - oldest).TotalSeconds : 0)] : [];

    private Found? Recent() => Volatile.Read(ref last) is { } found && time.GetUtcNow() - found.At < Kept ? found : null;

    private sealed record Found(DateTimeOffset At, int Count, DateTimeOffset? Oldest);
}

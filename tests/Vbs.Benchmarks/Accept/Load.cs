using System.Diagnostics;

namespace Vbs.Benchmarks.Accept;

/// <summary>What some clients measured.</summary>
/// <param name="PerSecond">Calls a second, all clients together.</param>
/// <param name="P50">Half of the calls took no longer, in milliseconds.</param>
/// <param name="P99">99 of 100 took no longer, in milliseconds.</param>
internal sealed record Load(double PerSecond, double P50, double P99)
{
    /// <summary>Runs a call for each item, as many at a time as there are clients; each client waits for its answer before the next.</summary>
    public static async Task<Load> RunAsync<T>(int clients, IReadOnlyList<T> items, Func<T, Task> call)
    {
        var next = -1;
        var times = new double[items.Count];
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < items.Count;)
            {
                var start = Stopwatch.GetTimestamp();
                await call(items[i]);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        })));
        var elapsed = watch.Elapsed;
        Array.Sort(times);
        return new Load(items.Count / elapsed.TotalSeconds, times[times.Length / 2], times[times.Length * 99 / 100]);
    }
}

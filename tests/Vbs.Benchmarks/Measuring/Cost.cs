using System.Diagnostics;

namespace Vbs.Benchmarks.Measuring;

/// <summary>What something cost a process.</summary>
/// <param name="Seconds">By the clock.</param>
/// <param name="CpuSeconds">On all cores, user and system.</param>
/// <param name="PeakBytes">The most memory the process had resident since it started (Linux: VmHWM).</param>
internal sealed record Cost(double Seconds, double CpuSeconds, long PeakBytes)
{
    /// <summary>Runs something in this process. The peak is the process's: run what is to be compared in processes of their own.</summary>
    public static async Task<Cost> OfAsync(Func<Task> run)
    {
        using var process = Process.GetCurrentProcess();
        var (before, start) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        await run();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        return new Cost(seconds, (process.TotalProcessorTime - before).TotalSeconds, process.PeakWorkingSet64);
    }

    /// <summary>The middle one by the clock, with the highest peak of all.</summary>
    public static Cost Median(IReadOnlyCollection<Cost> rounds) =>
        rounds.OrderBy(round => round.Seconds).ElementAt(rounds.Count / 2) with { PeakBytes = rounds.Max(round => round.PeakBytes) };
}

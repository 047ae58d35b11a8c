using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Vbs.Benchmarks.Measuring;

/// <summary>Runs what is measured in processes of their own, so that the memory and the CPU time of one are not those of another.</summary>
internal static class Child
{
    /// <summary>Runs this program again with other arguments; it prints its own <see cref="Cost"/> as JSON.</summary>
    public static async Task<Cost> RunSelfAsync(params IEnumerable<string> arguments) =>
        JsonSerializer.Deserialize<Cost>(await OutputAsync(Environment.ProcessPath!, arguments))!;

    /// <summary>Runs another program. Its cost is what GNU time says, which the system measured.</summary>
    public static async Task<Cost> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var times = Path.GetTempFileName();
        var start = Stopwatch.GetTimestamp();
        await OutputAsync("/usr/bin/time", ["-f", "%U %S %M", "-o", times, program, .. arguments]);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var figures = (await File.ReadAllTextAsync(times)).Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        File.Delete(times);
        return new Cost(seconds, figures[0] + figures[1], (long)figures[2] << 10);
    }

    /// <summary>Starts this program again, to run until <see cref="StopAsync"/>.</summary>
    /// <returns>The process and the first line it printed.</returns>
    public static async Task<(Process Process, string FirstLine)> StartSelfAsync(params IEnumerable<string> arguments)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var line = await process.StandardOutput.ReadLineAsync();
        return (process, line ?? throw new InvalidOperationException($"{string.Join(' ', arguments)} ended before it was ready."));
    }

    /// <summary>Ends what <see cref="StartSelfAsync"/> started, by the end of its input.</summary>
    /// <returns>The CPU seconds it took.</returns>
    public static async Task<double> StopAsync(Process process)
    {
        process.Refresh();
        var cpu = process.TotalProcessorTime.TotalSeconds;
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        return cpu;
    }

    private static async Task<string> OutputAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await errors}");
    }
}

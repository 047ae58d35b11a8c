using System.ComponentModel;
using System.Diagnostics;

namespace LocalRuntime.Durable.Journal;

/// <summary>The process that holds a journal.</summary>
/// <param name="Machine">Its machine's name.</param>
/// <param name="ProcessId">Its id on that machine; ids are used again.</param>
/// <param name="StartedAt">When it started, UTC: tells it from a later process of the same id.</param>
internal sealed record LeaseOwner(string Machine, int ProcessId, DateTimeOffset StartedAt)
{
    // Linux counts a process's start in ticks since boot and the boot in whole seconds: two readings may differ by one.
    private static readonly TimeSpan StartTolerance = TimeSpan.FromSeconds(2);

    /// <summary>This process.</summary>
    public static LeaseOwner ThisProcess()
    {
        using var process = Process.GetCurrentProcess();
        return new LeaseOwner(Environment.MachineName, process.Id, process.StartTime.ToUniversalTime());
    }

    /// <summary>Whether it was on <paramref name="observer"/>'s machine and is no more. False when that cannot be known.</summary>
    public bool IsGone(LeaseOwner observer)
    {
        if (Machine != observer.Machine)
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return (process.StartTime.ToUniversalTime() - StartedAt).Duration() > StartTolerance;
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
        {
            // No process of that id, or it ended between the two calls.
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}

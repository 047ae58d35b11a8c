using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts a function by the clock.</summary>
/// <param name="schedule">NCRONTAB of six fields (second first, UTC), of five, a <see cref="TimeSpan"/> between runs, or <c>%Setting%</c>.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    /// <summary>When the function runs.</summary>
    public string Schedule { get; } = schedule;

    /// <summary>Whether it also runs when the host starts. Default false.</summary>
    public bool RunOnStartup { get; set; }

    /// <summary>Whether the host keeps the schedule's status across restarts; LocalRuntime never does. Default true.</summary>
    public bool UseMonitor { get; set; } = true;
}

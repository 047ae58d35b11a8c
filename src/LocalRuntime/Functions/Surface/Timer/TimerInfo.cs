namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a function started by a timer is told.</summary>
public class TimerInfo
{
    /// <summary>Where the timer stands; null when <see cref="TimerTriggerAttribute.UseMonitor"/> is false.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether this run comes later than its schedule said.</summary>
    public bool IsPastDue { get; set; }
}

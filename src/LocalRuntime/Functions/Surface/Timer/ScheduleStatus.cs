namespace Microsoft.Azure.Functions.Worker;

/// <summary>Where a timer stands in its schedule. Times are UTC.</summary>
public class ScheduleStatus
{
    /// <summary>When the last run was due; the default value before the first.</summary>
    public DateTime Last { get; set; }

    /// <summary>When the next run is due.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this status was written.</summary>
    public DateTime LastUpdated { get; set; }
}

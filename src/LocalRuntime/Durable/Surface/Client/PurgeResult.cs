namespace Microsoft.DurableTask.Client;

/// <summary>How much a purge removed.</summary>
public class PurgeResult
{
    /// <summary>A count of instances, not negative.</summary>
    public PurgeResult(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        PurgedInstanceCount = count;
    }

    /// <summary>Instances removed.</summary>
    public int PurgedInstanceCount { get; }
}

namespace Microsoft.DurableTask;

/// <summary>How an orchestration starts over.</summary>
public class ContinueAsNewOptions
{
    /// <summary>The input of the next execution; default none.</summary>
    public object? NewInput { get; set; }

    /// <summary>Whether events that nobody has waited for yet reach the next execution; default yes.</summary>
    public bool PreserveUnprocessedEvents { get; set; } = true;
}

namespace Microsoft.DurableTask.Client;

/// <summary>What a purge removes.</summary>
/// <param name="Recursive">Sub-orchestrations too; there are none here.</param>
public record PurgeInstanceOptions(bool Recursive = false);

namespace LocalRuntime.Durable.Journal;

/// <summary>Another process has written this instance: what this one holds of it is out of date.</summary>
internal sealed class JournalConflictException(string instanceId)
    : Exception($"Another process has written instance '{instanceId}'.");

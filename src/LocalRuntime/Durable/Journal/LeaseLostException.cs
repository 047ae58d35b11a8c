namespace LocalRuntime.Durable.Journal;

/// <summary>Another process has taken the journal: this one may no longer work on it.</summary>
internal sealed class LeaseLostException(string table)
    : Exception($"Another process has taken the journal '{table}'.");

using LocalRuntime.Durable.History;

namespace LocalRuntime.Durable.Journal;

/// <summary>An instance as the journal has it.</summary>
/// <param name="State">Its state.</param>
/// <param name="History">The steps of its execution, in order.</param>
/// <param name="HistoryKeys">The keys of their rows.</param>
/// <param name="VoidKeys">The keys of rows that an ended execution or a write that did not finish left behind.</param>
internal sealed record StoredInstance(
    InstanceState State, List<Episode> History, List<string> HistoryKeys, IReadOnlyList<string> VoidKeys);

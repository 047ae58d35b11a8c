using Vbs.Restores;

namespace Vbs.Catalog;

/// <summary>What the catalog tells whoever counts.</summary>
/// <param name="Ended">A restore has ended by this call, with what became of its volume. An end whose answer was lost is not told again.</param>
/// <param name="Swept">A sweep begins: how many restores it found under way, and when the oldest was accepted.</param>
/// <param name="Restarting">A sweep starts a restore again, in the trace that accepted it; disposed when it is started.</param>
public sealed record CatalogWatch(
    Action<Restore, VolumeStatus> Ended,
    Action<int, DateTimeOffset?> Swept,
    Func<string?, ProjectId, RestoreId, IDisposable?> Restarting)
{
    /// <summary>Tells nobody.</summary>
    public static CatalogWatch None { get; } = new((_, _) => { }, (_, _) => { }, (_, _, _) => null);
}

using System.Diagnostics.CodeAnalysis;
using Vbs.Restores;

namespace Vbs.Catalog;

/// <summary>What became of a wish to restore: accepted with both records, or refused with the reason.</summary>
public sealed record AcceptOutcome
{
    private AcceptOutcome()
    {
    }

    /// <summary>Whether the restore is stored and bound to end.</summary>
    [MemberNotNullWhen(true, nameof(Restore), nameof(Volume))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Refusal is null;

    /// <summary>The restore as it was stored; null when refused.</summary>
    public Restore? Restore { get; private init; }

    /// <summary>The volume as it is now, <c>restoring-backup</c>; null when refused.</summary>
    public Volume? Volume { get; private init; }

    /// <summary>Why nothing happened; null when accepted. A lost race is <see cref="RefusalKind.Conflict"/>.</summary>
    public Refusal? Refusal { get; private init; }

    internal static AcceptOutcome LostRace { get; } = Refused(
        new(RefusalKind.Conflict, null, "The backup or the volume was changed by another request at the same time."));

    internal static AcceptOutcome Accepted(Restore restore, Volume volume) => new() { Restore = restore, Volume = volume };

    internal static AcceptOutcome Refused(Refusal refusal) => new() { Refusal = refusal };
}

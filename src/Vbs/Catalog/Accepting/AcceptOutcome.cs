using System.Diagnostics.CodeAnalysis;
using Vbs.Restores;

namespace Vbs.Catalog;

/// <summary>What became of a wish to restore: accepted, or refused with the reason.</summary>
public sealed record AcceptOutcome
{
    private AcceptOutcome()
    {
    }

    /// <summary>Whether the restore is stored and bound to end.</summary>
    [MemberNotNullWhen(true, nameof(Restore))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Refusal is null;

    /// <summary>The restore as it was stored; null when refused.</summary>
    public Restore? Restore { get; private init; }

    /// <summary>Why nothing happened; null when accepted. A lost race is <see cref="RefusalKind.Conflict"/>.</summary>
    public Refusal? Refusal { get; private init; }

    /// <summary>Whether another request of the same repeatability id was accepted, and this one is only told of it.</summary>
    public bool IsRepeat { get; internal init; }

    /// <summary>Whether it is refused because its repeatability id was another request's.</summary>
    public bool IsOtherRequest => ReferenceEquals(this, OtherRequest);

    internal static AcceptOutcome OtherRequest { get; } = Refused(
        new(RefusalKind.Invalid, null, "The Repeatability-Request-ID was used before, for a request with another path or body. Use a fresh one."));

    internal static AcceptOutcome LostRace { get; } = Refused(
        new(RefusalKind.Conflict, null, "The backup or the volume was changed by another request at the same time."));

    internal static AcceptOutcome Accepted(Restore restore) => new() { Restore = restore };

    internal static AcceptOutcome Refused(Refusal refusal) => new() { Refusal = refusal };
}

using System.Diagnostics.CodeAnalysis;

namespace Vbs.Identity;

/// <summary>The answer to a token. The default value is <see cref="Unauthorized"/>: what is forgotten is refused.</summary>
public readonly record struct TokenAnswer
{
    /// <summary>401.</summary>
    public static TokenAnswer Unauthorized => default;

    /// <summary>503.</summary>
    public static TokenAnswer Unavailable { get; } = Failed(TokenVerdict.Unavailable);

    /// <summary>504.</summary>
    public static TokenAnswer TimedOut { get; } = Failed(TokenVerdict.TimedOut);

    /// <summary>502.</summary>
    public static TokenAnswer Senseless { get; } = Failed(TokenVerdict.Senseless);

    /// <summary>What was found out.</summary>
    public TokenVerdict Verdict { get; private init; }

    /// <summary>Who calls; null unless the token is valid.</summary>
    public Caller? Caller { get; private init; }

    /// <summary>Whether there is a caller.</summary>
    [MemberNotNullWhen(true, nameof(Caller))]
    public bool IsValid => Caller is not null;

    /// <summary>The token is valid.</summary>
    public static TokenAnswer Of(Caller caller) => new() { Verdict = TokenVerdict.Valid, Caller = caller };

    /// <summary>Nothing was found out.</summary>
    internal static TokenAnswer Failed(TokenVerdict verdict) => new() { Verdict = verdict };
}

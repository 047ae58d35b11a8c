namespace Vbs.Identity;

/// <summary>What was found out about a token.</summary>
public enum TokenVerdict
{
    /// <summary>Missing, unknown, expired, or without a project: 401.</summary>
    Unauthorized,

    /// <summary>It is valid, and says who calls.</summary>
    Valid,

    /// <summary>It could not be asked about: 503, never a permission.</summary>
    Unavailable,

    /// <summary>Whoever knows it did not answer in time: 504.</summary>
    TimedOut,

    /// <summary>Whoever knows it answered nonsense: 502.</summary>
    Senseless,
}

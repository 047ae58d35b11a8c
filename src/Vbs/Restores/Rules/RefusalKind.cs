namespace Vbs.Restores;

/// <summary>Why a request is refused, in the words of HTTP; the app turns it into the fault and its status.</summary>
public enum RefusalKind
{
    /// <summary>The request cannot be carried out as things stand: 400.</summary>
    Invalid,

    /// <summary>The caller's roles do not allow it: 403.</summary>
    Forbidden,

    /// <summary>What it names does not exist in the caller's project: 404.</summary>
    NotFound,

    /// <summary>Another request changed the same rows first: 409. Asking again gives a definite answer.</summary>
    Conflict,
}

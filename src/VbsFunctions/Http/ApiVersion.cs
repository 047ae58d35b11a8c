namespace VbsFunctions.Http;

/// <summary>The version of the API that a call speaks: the first segment of its path, and on <c>/v3</c> the microversion.</summary>
/// <param name="Major">1 (jobs), 2 (VBS) or 3 (Cinder).</param>
/// <param name="Minor">0 to 71 on <c>/v3</c>, otherwise 0.</param>
internal readonly record struct ApiVersion(int Major, int Minor = 0)
{
    /// <summary>Whether this is VBS's version, deprecated in favour of Cinder's.</summary>
    public bool IsV2 => Major == 2;

    /// <summary>Whether this is Cinder's version with at least a microversion.</summary>
    public bool IsV3From(int minor) => Major == 3 && Minor >= minor;
}

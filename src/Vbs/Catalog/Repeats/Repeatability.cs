namespace Vbs.Catalog;

/// <summary>The client's promise that requests of one id are one request (OASIS Repeatable Requests 1.0; microsoft/api-guidelines, azure/Guidelines.md).</summary>
/// <param name="Id">The <c>Repeatability-Request-ID</c>.</param>
/// <param name="Fingerprint">SHA-256 of what is asked, 64 hex digits: another one under the same id is a mistake of the client.</param>
public sealed record Repeatability(Guid Id, string Fingerprint)
{
    /// <summary>How long an answer is remembered, and how old a first attempt may be.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);
}

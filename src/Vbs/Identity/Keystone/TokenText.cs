using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Vbs.Identity.Keystone;

/// <summary>What can be a token at all: nothing else is worth a question, or may stand in a header.</summary>
internal static class TokenText
{
    // Keystone's Fernet tokens are under 300 characters, its JWS tokens under 2,000 (keystone docs, token-provider); proxies cut headers at 8 KiB.
    private const int MaxLength = 8192;

    /// <summary>Strips a header's value as keystonemiddleware does (auth_token, _do_fetch_token).</summary>
    /// <returns>False for what is empty, longer than 8,192 characters, or not all visible ASCII.</returns>
    public static bool TryRead(string? header, [NotNullWhen(true)] out string? token)
    {
        token = header?.Trim();
        var legal = token is { Length: > 0 and <= MaxLength } && !token.AsSpan().ContainsAnyExceptInRange('!', '~');
        token = legal ? token : null;
        return legal;
    }

    /// <summary>The name under which an answer is remembered: SHA-256, so that no memory dump of the cache holds tokens.</summary>
    public static string Digest(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Vbs.Restores;

namespace Vbs.Identity.Development;

/// <summary>Checks tokens against those of the configuration, for development. Keeps only their SHA-256, and compares
/// with every one of them in constant time: how long an answer takes says nothing about how near a guess was.</summary>
internal sealed class StaticTokens(IOptions<IdentityOptions> options)
{
    private readonly (byte[] Digest, Caller Caller)[] known = [.. options.Value.StaticTokens.Select(Read)];

    /// <summary>Fits <see cref="CheckToken"/>. The token is stripped as keystonemiddleware does (auth_token, _do_fetch_token).</summary>
    public ValueTask<TokenAnswer> CheckAsync(string? token, CancellationToken cancellationToken)
    {
        var digest = Digest(token ?? "");
        Caller? caller = null;
        foreach (var candidate in known)
        {
            if (CryptographicOperations.FixedTimeEquals(candidate.Digest, digest))
            {
                caller = candidate.Caller;
            }
        }

        return ValueTask.FromResult(caller is null ? TokenAnswer.Unauthorized : TokenAnswer.Of(caller));
    }

    private static (byte[] Digest, Caller Caller) Read(StaticTokenOptions token) =>
        (Digest(token.Token), new Caller(ProjectId.Parse(token.ProjectId), token.UserId, token.Roles.Select(role => role.Trim())));

    private static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token.Trim()));
}

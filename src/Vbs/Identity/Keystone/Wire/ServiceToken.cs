using System.Net;
using Microsoft.Extensions.Logging;

namespace Vbs.Identity.Keystone.Wire;

/// <summary>The token by which this service asks about others': fetched when first needed, kept for nine tenths of its life,
/// fetched anew when Keystone refuses it. All who need it at once share one request.</summary>
internal sealed class ServiceToken(KeystoneClient keystone, TimeProvider time, ILogger<ServiceToken> log)
{
    // Credentials that were refused are not tried again at once: Keystone locks users out (security_compliance, lockout_failure_attempts),
    // and one line in the log is enough.
    private static readonly TimeSpan RefusedPause = TimeSpan.FromSeconds(10);

    private readonly SharedAnswers<Grant> shared = new();
    private volatile Grant? current;

    /// <summary>Gives the token, or the reason why there is none.</summary>
    /// <param name="refused">A token that Keystone has just refused; null at first.</param>
    public async ValueTask<Grant> GetAsync(string? refused) =>
        Usable(refused) ?? await shared.AskAsync("", async () => Usable(refused) ?? await FetchAsync(), CancellationToken.None);

    private Grant? Usable(string? refused) =>
        current is { } grant && time.GetUtcNow() < grant.Until && (grant.Token is null || grant.Token != refused) ? grant : null;

    private async Task<Grant> FetchAsync()
    {
        var reply = await keystone.LogInAsync();
        var now = time.GetUtcNow();
        if (reply is { Failure: null, Status: HttpStatusCode.Created, IssuedToken.Length: > 0 } && TokenDocument.Read(reply.Body) is { } document)
        {
            return current = new Grant(reply.IssuedToken, now + (0.9 * (document.ExpiresAt - now)));
        }

        if (reply is { Failure: null, Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden })
        {
            log.CredentialsRefused((int)reply.Status);
            return current = new Grant(TokenVerdict.Unavailable, now + RefusedPause);
        }

        log.KeystoneFailed(reply.Failure is null ? $"its answer to our login, {(int)reply.Status}, is not a token's" : reply.Problem);
        return new Grant(reply.Failure ?? TokenVerdict.Senseless, now);
    }

    /// <summary>A token, or why there is none. A class: nothing prints it.</summary>
    internal sealed class Grant
    {
        public Grant(string token, DateTimeOffset until) => (Token, Until) = (token, until);

        public Grant(TokenVerdict failure, DateTimeOffset until) => (Failure, Until) = (failure, until);

        /// <summary>The token; null when there is none.</summary>
        public string? Token { get; }

        /// <summary>Why there is none.</summary>
        public TokenVerdict Failure { get; }

        /// <summary>When to ask again.</summary>
        public DateTimeOffset Until { get; }
    }
}

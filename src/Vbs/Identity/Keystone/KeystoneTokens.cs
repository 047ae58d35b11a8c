using System.Net;
using Microsoft.Extensions.Logging;
using Vbs.Identity.Keystone.Wire;

namespace Vbs.Identity.Keystone;

/// <summary>Checks tokens with Keystone v3, and remembers what it says. Fits <see cref="CheckToken"/>.</summary>
/// <remarks><list type="number">
/// <item>What cannot be a token is refused without asking.</item>
/// <item>What is remembered under the token's SHA-256 is answered at once.</item>
/// <item>Otherwise Keystone is asked, once for all who ask about this token at this time, also when the first of them goes away.</item>
/// <item>A refusal of our own token is answered by a new one, once.</item>
/// </list>What could not be asked is neither a permission nor a refusal, and is not remembered. It does not promise to notice a revocation
/// before the remembered answer ends.</remarks>
internal sealed class KeystoneTokens(
    KeystoneClient keystone,
    ServiceToken serviceToken,
    AnswerCache cache,
    TokenChecked count,
    TimeProvider time,
    ILogger<KeystoneTokens> log)
{
    private readonly SharedAnswers<TokenAnswer> shared = new();

    /// <inheritdoc cref="CheckToken"/>
    public async ValueTask<TokenAnswer> CheckAsync(string? token, CancellationToken cancellationToken)
    {
        if (!TokenText.TryRead(token, out var text))
        {
            return TokenAnswer.Unauthorized;
        }

        var digest = TokenText.Digest(text);
        var known = cache.Find(digest);
        count(fromCache: known is not null);
        return known
            ?? await shared.AskAsync(digest, async () => cache.Find(digest) ?? Keep(digest, await AskAsync(text, refused: null)), cancellationToken);
    }

    private async Task<Asked> AskAsync(string token, string? refused)
    {
        var grant = await serviceToken.GetAsync(refused);
        if (grant.Token is null)
        {
            return new(grant.Failure);
        }

        var reply = await keystone.ShowTokenAsync(grant.Token, token);
        return reply switch
        {
            { Failure: { } failure } => Failed(failure, reply.Problem),
            { Status: HttpStatusCode.OK } => TokenDocument.Read(reply.Body) is { } document
                ? new(TokenVerdict.Valid, document)
                : Failed(TokenVerdict.Senseless, "its answer is not a token's document"),
            { Status: HttpStatusCode.NotFound } => new(TokenVerdict.Unauthorized),

            // Keystone answers 401 for our token only; for the other's it is 404 (keystone/token/provider.py, validate_token).
            { Status: HttpStatusCode.Unauthorized } when refused is null => await AskAsync(token, grant.Token),
            { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => Forbidden(reply.Status),
            _ => Failed(TokenVerdict.Senseless, $"it answered {(int)reply.Status}"),
        };
    }

    private TokenAnswer Keep(string digest, Asked asked)
    {
        if (asked is { Verdict: TokenVerdict.Valid, Document: { Caller: { } caller } document } && document.ExpiresAt > time.GetUtcNow())
        {
            cache.Keep(digest, caller, document.ExpiresAt);
            return TokenAnswer.Of(caller);
        }

        if (asked.Verdict is TokenVerdict.Valid or TokenVerdict.Unauthorized) // Valid, but ended or without a project.
        {
            cache.KeepRefusal(digest);
            return TokenAnswer.Unauthorized;
        }

        return TokenAnswer.Failed(asked.Verdict);
    }

    private Asked Failed(TokenVerdict failure, string problem)
    {
        log.KeystoneFailed(problem);
        return new(failure);
    }

    private Asked Forbidden(HttpStatusCode status)
    {
        log.MayNotAsk((int)status);
        return new(TokenVerdict.Unavailable);
    }

    private readonly record struct Asked(TokenVerdict Verdict, TokenDocument? Document = null);
}

namespace Vbs.Identity;

/// <summary>Asks who calls. Safe to repeat. The one door to whatever knows tokens: the app takes this from the container.</summary>
/// <param name="token">The value of <c>X-Auth-Token</c> as it arrived; null when the header is missing. White space around it does not count.</param>
/// <param name="cancellationToken">Gives up the question, not the token.</param>
public delegate ValueTask<TokenAnswer> CheckToken(string? token, CancellationToken cancellationToken);

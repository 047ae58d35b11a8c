using System.Net;

namespace Vbs.Identity.Keystone.Wire;

/// <summary>What came back from Keystone: a status that means something to the one who asked, or none and why.</summary>
internal sealed class KeystoneReply
{
    /// <summary>Its status; meaningless when there is a <see cref="Failure"/>.</summary>
    public HttpStatusCode Status { get; private init; }

    /// <summary>Its body, at most <see cref="KeystoneClient.MaxAnswerBytes"/>.</summary>
    public byte[] Body { get; private init; } = [];

    /// <summary>The header <c>X-Subject-Token</c>: a token that was issued.</summary>
    public string? IssuedToken { get; private init; }

    /// <summary>Why nothing was found out; null when something was.</summary>
    public TokenVerdict? Failure { get; private init; }

    /// <summary>The failure in words, for the log: a status or the reason of the transport, no header and no body.</summary>
    public string Problem { get; private init; } = "";

    /// <summary>Sorts statuses: 200, 201, 401, 403 and 404 are answers. Throttling and its own failures are an outage;
    /// anything else (a redirect, a proxy's 407) is no answer of a Keystone.</summary>
    public static KeystoneReply Of(HttpStatusCode status, byte[] body, string? issuedToken) => status switch
    {
        HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound
            => new() { Status = status, Body = body, IssuedToken = issuedToken },
        HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout => Failed(TokenVerdict.TimedOut, $"it answered {(int)status}"),
        HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => Failed(TokenVerdict.Unavailable, $"it answered {(int)status}"),
        _ => Failed(TokenVerdict.Senseless, $"it answered {(int)status}"),
    };

    /// <summary>Sorts what the transport says: no connection is an outage; a connection that carries nonsense is not, and nothing of it is repeated.</summary>
    public static KeystoneReply Of(HttpRequestException failure) =>
        failure.HttpRequestError is HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded
            or HttpRequestError.ProxyTunnelError or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError
            ? Failed(TokenVerdict.Senseless, $"{failure.HttpRequestError}")
            : Failed(TokenVerdict.Unavailable, failure.Message);

    /// <summary>No answer in time.</summary>
    public static KeystoneReply Late(TimeSpan limit) => Failed(TokenVerdict.TimedOut, $"no answer within {limit.TotalSeconds} s");

    /// <summary>Nothing was found out.</summary>
    public static KeystoneReply Failed(TokenVerdict failure, string problem) => new() { Failure = failure, Problem = problem };
}

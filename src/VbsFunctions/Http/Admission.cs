using Microsoft.AspNetCore.Http;
using Vbs.Identity;
using VbsFunctions.Http.Answers;
using VbsFunctions.Http.Bodies;

namespace VbsFunctions.Http;

/// <summary>Whom the service talks to at all: checks 1 and 2, the same for every path, known or not.</summary>
/// <param name="bodies">Reads the body, which must be small enough before anybody is asked about the token.</param>
/// <param name="checkToken">Says who calls.</param>
/// <param name="keystone">Where clients get tokens; null without a Keystone: then the challenge names this service.</param>
internal sealed class Admission(BodyReader bodies, CheckToken checkToken, string? keystone)
{
    private const int KeystoneRetryAfterSeconds = 5; // Our choice: an outage is rarely shorter, and the answer is cheap.

    /// <summary>Reads the body and asks who calls.</summary>
    /// <returns>Both; or the first fault of 413, 408, 400 (framing), 401, 502, 503 and 504.</returns>
    public async Task<(ReadOnlyMemory<byte> Body, Caller? Caller, Fault? Fault)> AdmitAsync(HttpRequest request)
    {
        var cancelled = request.HttpContext.RequestAborted;
        var (body, fault) = await bodies.ReadAsync(request, cancelled);
        if (fault is not null)
        {
            return (body, null, fault);
        }

        var answer = await checkToken(request.Headers["X-Auth-Token"], cancelled);
        fault = answer.Verdict switch
        {
            TokenVerdict.Valid => null,
            TokenVerdict.Unavailable => Fault.Unavailable(
                "The Keystone service is temporarily unavailable.", KeystoneRetryAfterSeconds), // keystonemiddleware, fetch_token
            TokenVerdict.TimedOut => Fault.GatewayTimeout,
            TokenVerdict.Senseless => Fault.BadGateway,
            _ => Fault.Unauthorized(keystone ?? CommonHeaders.BaseUrl(request)),
        };
        return (body, answer.Caller, fault);
    }
}

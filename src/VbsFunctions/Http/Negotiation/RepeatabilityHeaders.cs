using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Vbs.Catalog;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Http.Negotiation;

/// <summary>The headers with which a client makes a request safe to repeat (OASIS Repeatable Requests 1.0; microsoft/api-guidelines, azure/Guidelines.md).</summary>
internal static class RepeatabilityHeaders
{
    /// <summary>Answered: <c>accepted</c>, or <c>rejected</c> when the id had no effect.</summary>
    public const string Result = "Repeatability-Result";

    private const string Id = "Repeatability-Request-ID";
    private const string FirstSent = "Repeatability-First-Sent";

    /// <summary>A client's clock may be ahead by so much.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>What the client promises; null without the headers. Or a fault: 400 when they cannot be read, 412 when the first attempt is outside the window.</summary>
    /// <param name="request">The request.</param>
    /// <param name="body">Its body.</param>
    /// <param name="now">The time.</param>
    public static (Repeatability? Repeatability, Fault? Fault) Read(HttpRequest request, JsonElement body, DateTimeOffset now)
    {
        var (id, firstSent) = (request.Headers[Id], request.Headers[FirstSent]);
        if (id.Count == 0 && firstSent.Count == 0)
        {
            return (null, null);
        }

        if (!TryReadId(id, out var guid))
        {
            return (null, Rejected(StatusCodes.Status400BadRequest, $"{Id} must be one GUID, such as 7f3c1a9e-5b0d-4c2f-9a66-2f1f0d3e4b5c."));
        }

        if (!TryReadTime(firstSent, out var sentAt))
        {
            return (null, Rejected(
                StatusCodes.Status400BadRequest, $"{FirstSent} must be one time of the form Sun, 06 Nov 1994 08:49:37 GMT, and stand beside {Id}."));
        }

        return sentAt < now - Repeatability.Window || sentAt > now + Skew
            ? (null, Rejected(
                StatusCodes.Status412PreconditionFailed,
                $"{FirstSent} is outside the window of {Repeatability.Window.TotalHours} hours in which a request may be repeated."))
            : (new(guid, Fingerprint(request.Path, body.GetRawText())), null);
    }

    private static bool TryReadId(StringValues header, out Guid id)
    {
        id = default;
        return header is [{ } text] && Guid.TryParseExact(text, "D", out id) && id.ToString("D").Equals(text, StringComparison.OrdinalIgnoreCase);
    }

    // IMF-fixdate, RFC 9110 §5.6.7.
    private static bool TryReadTime(StringValues header, out DateTimeOffset time)
    {
        time = default;
        return header is [{ } text] && DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    private static string Fingerprint(PathString path, string body)
    {
        var asked = $"{path.Value!.TrimEnd('/').ToUpperInvariant()}\n{body}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked)));
    }

    private static Fault Rejected(int status, string message) => new(status, message) { Headers = [(Result, "rejected")] };
}

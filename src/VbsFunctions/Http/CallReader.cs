using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Vbs.Identity;
using VbsFunctions.Http.Answers;
using VbsFunctions.Http.Bodies;
using VbsFunctions.Http.Negotiation;

namespace VbsFunctions.Http;

/// <summary>Checks 4 to 6: makes a <see cref="Call"/> of an admitted request, in Cinder's order (cinder/api/openstack/wsgi.py).</summary>
internal static class CallReader
{
    /// <summary>Reads what is common to all calls.</summary>
    /// <returns>The call; or the first fault of microversion (400, 406), content type (415), Accept (406), JSON (400) and project (400).</returns>
    /// <param name="request">The request; on <c>/v3</c> the microversion is echoed to its response.</param>
    /// <param name="requestId">Its id.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="projectId">The project in the path.</param>
    /// <param name="body">The body's bytes; null for a call that takes none, whatever was sent.</param>
    /// <param name="cancelled">Fires when the caller is gone, or has waited long enough.</param>
    public static (Call? Call, Fault? Fault) Read(
        HttpRequest request, string requestId, Caller caller, string projectId, ReadOnlyMemory<byte>? body, CancellationToken cancelled)
    {
        var (version, fault) = ReadVersion(request);
        var accept = Accept.Read(request.Headers.Accept);
        fault ??= body?.Length > 0 && ContentTypeIsOther(request) ? Fault.UnsupportedContentType : null;
        fault ??= accept.TakesJson ? null : Fault.NotAcceptable;
        (var json, fault) = (fault, body) is (null, { } bytes) ? ReadJson(request, bytes.Span) : (default, fault);
        fault ??= projectId == caller.ProjectId.ToString() ? null : Fault.ForeignProject;
        return fault is null
            ? (new(caller, version, requestId, CommonHeaders.BaseUrl(request), json, FaultForms.Of(request), cancelled), null)
            : (null, fault);
    }

    private static (ApiVersion Version, Fault? Fault) ReadVersion(HttpRequest request)
    {
        var major = request.Path.Value![2] - '0'; // Every route begins /v1, /v2 or /v3.
        if (major != 3)
        {
            return (new(major), null);
        }

        var headers = request.HttpContext.Response.Headers;
        headers.Vary = Microversion.Header;
        var (minor, fault) = Microversion.Read(request.Headers[Microversion.Header]);
        if (fault is null)
        {
            headers[Microversion.Header] = $"volume 3.{minor}";
        }

        return (new(major, minor), fault);
    }

    private static bool ContentTypeIsOther(HttpRequest request) =>
        !string.IsNullOrEmpty(request.ContentType) && !ContentTypes.NamesJson(request.ContentType);

    // Cinder takes a body without a Content-Type for no body (wsgi.py, get_body).
    private static (JsonElement Json, Fault? Fault) ReadJson(HttpRequest request, ReadOnlySpan<byte> body) =>
        !string.IsNullOrEmpty(request.ContentType) && JsonBody.TryRead(body, out var json) ? (json, null) : (default, Fault.MalformedBody);
}

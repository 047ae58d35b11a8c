using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace VbsFunctions.Http.Answers;

/// <summary>An answer that says no, in OpenStack's form: <c>{"itemNotFound":{"code":404,"message":"…"}}</c>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">What clients print.</param>
/// <param name="ErrorCode">The VBS code, such as <c>VolumeBackup.0111</c>; null where VBS has none.</param>
internal sealed record Fault(int Status, string Message, string? ErrorCode = null)
{
    // Where no better sentence is known, the default of webob.exc, which Cinder's answers come from.

    /// <summary>400: no JSON (cinder/api/openstack/wsgi.py).</summary>
    public static Fault MalformedBody { get; } = new(StatusCodes.Status400BadRequest, "Malformed request body", "VolumeBackup.0210");

    /// <summary>400: the project in the path is not the token's (cinder/api/openstack/wsgi.py, not a 403).</summary>
    public static Fault ForeignProject { get; } = new(StatusCodes.Status400BadRequest, "Malformed request url");

    /// <summary>404: no such path.</summary>
    public static Fault NoSuchRoute { get; } = new(StatusCodes.Status404NotFound, "The resource could not be found.");

    /// <summary>406: the client takes no JSON.</summary>
    public static Fault NotAcceptable { get; } = new(StatusCodes.Status406NotAcceptable, "Only application/json is offered.");

    /// <summary>408: the body did not arrive in time; the connection is of no further use.</summary>
    public static Fault Late { get; } = new(
        StatusCodes.Status408RequestTimeout, "The server has waited too long for the request to be sent by the client.")
    {
        Headers = [("Connection", "close")], // RFC 9110 §15.5.9: what the client may still send would be taken for the next request.
    };

    /// <summary>415: the body is not called JSON (cinder/api/openstack/wsgi.py).</summary>
    public static Fault UnsupportedContentType { get; } = new(StatusCodes.Status415UnsupportedMediaType, "Unsupported Content-Type");

    /// <summary>500: anything unforeseen; nothing of its inside.</summary>
    public static Fault Unforeseen { get; } = new(
        StatusCodes.Status500InternalServerError,
        "The server has either erred or is incapable of performing the requested operation.",
        "VolumeBackup.0200");

    /// <summary>502: storage or Keystone answered something senseless.</summary>
    public static Fault BadGateway { get; } = new(StatusCodes.Status502BadGateway, "Bad gateway.");

    /// <summary>504: storage or Keystone did not answer in time.</summary>
    public static Fault GatewayTimeout { get; } = new(StatusCodes.Status504GatewayTimeout, "The gateway has timed out.");

    /// <summary>Headers that belong to the fault.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The key of the body (cinder/api/openstack/wsgi.py, class Fault): what is not listed there is a computeFault.</summary>
    public string Key => Status switch
    {
        StatusCodes.Status400BadRequest => "badRequest",
        StatusCodes.Status401Unauthorized => "unauthorized",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound => "itemNotFound",
        StatusCodes.Status405MethodNotAllowed => "badMethod",
        StatusCodes.Status409Conflict => "conflictingRequest",
        StatusCodes.Status413PayloadTooLarge => "overLimit",
        StatusCodes.Status415UnsupportedMediaType => "badMediaType",
        StatusCodes.Status501NotImplemented => "notImplemented",
        StatusCodes.Status503ServiceUnavailable => "serviceUnavailable",
        _ => "computeFault",
    };

    /// <summary>401 (keystonemiddleware auth_token: sentence and challenge; the body has OpenStack's fault form, not Keystone's).</summary>
    /// <param name="identityUri">Where tokens are had.</param>
    public static Fault Unauthorized(string identityUri) =>
        new(StatusCodes.Status401Unauthorized, "The request you have made requires authentication.")
        {
            Headers = [("WWW-Authenticate", $"Keystone uri=\"{identityUri}\"")],
        };

    /// <summary>403 (cinder/exception.py, PolicyNotAuthorized).</summary>
    /// <param name="action">What was wanted, such as <c>backup:get</c>.</param>
    public static Fault Forbidden(string action) =>
        new(StatusCodes.Status403Forbidden, $"Policy doesn't allow {action} to be performed.", "VolumeBackup.0042");

    /// <summary>404: the project has no such backup, also when the id is none (cinder/exception.py, BackupNotFound).</summary>
    public static Fault NoSuchBackup(string id) => new(StatusCodes.Status404NotFound, $"Backup {id} could not be found.", "VolumeBackup.0111");

    /// <summary>404: the project has no such volume (cinder/exception.py, VolumeNotFound).</summary>
    public static Fault NoSuchVolume(string id) => new(StatusCodes.Status404NotFound, $"Volume {id} could not be found.", "VolumeBackup.0207");

    /// <summary>405: the path is known, the method is another's. RFC 9110 §15.5.6 demands <c>Allow</c>.</summary>
    public static Fault MethodNotAllowed(string method, string allow) =>
        new(StatusCodes.Status405MethodNotAllowed, $"The method {method} is not allowed for this resource.")
        {
            Headers = [("Allow", allow)],
        };

    /// <summary>501: OpenStack or VBS documents the call, and this service does not offer it.</summary>
    /// <param name="call">What it would do, such as <c>Creating a backup</c>.</param>
    public static Fault NotOffered(string call) =>
        new(StatusCodes.Status501NotImplemented, $"{call} is not offered by this service: it restores backups that exist.");

    /// <summary>503 with <c>Retry-After</c>: nothing has happened, or what happened will end by itself. Safe to repeat.</summary>
    /// <param name="message">Who is unavailable.</param>
    /// <param name="retryAfterSeconds">When to ask again.</param>
    public static Fault Unavailable(string message, int retryAfterSeconds) =>
        new(StatusCodes.Status503ServiceUnavailable, message, "VolumeBackup.0900")
        {
            Headers = [("Retry-After", retryAfterSeconds.ToString(CultureInfo.InvariantCulture))],
        };
}

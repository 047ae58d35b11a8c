using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Testing.Proxy;

/// <summary>The ways in which a service and the network before it fail.</summary>
public static class Disturbances
{
    /// <summary>The connection is torn down before the request gets anywhere.</summary>
    public static Disturbance Refuse { get; } = (http, _) =>
    {
        http.Abort();
        return Task.CompletedTask;
    };

    /// <summary>Nothing comes back, until the client gives up.</summary>
    public static Disturbance Stall { get; } = async (http, _) =>
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = http.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    };

    /// <summary>The service does what it was asked for, and the connection is torn down before its answer gets out.</summary>
    public static Disturbance LoseAnswer { get; } = async (http, forward) =>
    {
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        await forward();
        http.Abort();
    };

    /// <summary>Azure Storage's way to say that an operation took too long (Common REST API error codes).</summary>
    public static Disturbance TimeOut { get; } = (http, _) =>
    {
        http.Response.Headers["x-ms-error-code"] = "OperationTimedOut";
        return WriteAsync(
            http,
            StatusCodes.Status500InternalServerError,
            "application/json",
            """{"odata.error":{"code":"OperationTimedOut","message":{"lang":"en-US","value":"The operation could not be completed within the permitted time."}}}""");
    };

    /// <summary>A service that has too much to do.</summary>
    /// <param name="status">429 or 503.</param>
    /// <param name="retryAfterSeconds">What it says about when to come again; null when it does not say.</param>
    public static Disturbance Throttle(int status = StatusCodes.Status503ServiceUnavailable, int? retryAfterSeconds = null) => (http, _) =>
    {
        if (retryAfterSeconds is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return WriteAsync(http, status, "application/json", """{"odata.error":{"code":"ServerBusy","message":{"lang":"en-US","value":"The server is busy."}}}""");
    };

    /// <summary>An answer of somebody else: a login page, a teapot.</summary>
    public static Disturbance Answer(int status, string contentType, string body) => (http, _) => WriteAsync(http, status, contentType, body);

    /// <summary>Something happens before the request arrives.</summary>
    public static Disturbance After(Func<Task> first) => async (_, forward) =>
    {
        await first();
        await forward();
    };

    private static async Task WriteAsync(HttpContext http, int status, string contentType, string body)
    {
        http.Response.StatusCode = status;
        if (HttpMethods.IsHead(http.Request.Method))
        {
            return; // It has no body to have a type.
        }

        http.Response.ContentType = contentType;
        await http.Response.WriteAsync(body, http.RequestAborted);
    }
}

using System.Globalization;
using Azure;
using Microsoft.AspNetCore.Http;

namespace VbsFunctions.Http.Answers;

/// <summary>What the client is told when storage fails beyond the SDK's own retries. Nothing of storage's own words.</summary>
internal static class StorageFaults
{
    private const int RetryAfterSeconds = 5; // As long as the SDK's retries have already waited, roughly.
    private const string Message = "The server is currently unavailable. Please try again at a later time.";

    /// <summary>503 when storage refuses, throttles or cannot be reached; 504 when it times out; 502 for any other answer.</summary>
    public static Fault Of(RequestFailedException failure) => failure.Status switch
    {
        0 or StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable
            => Fault.Unavailable(Message, RetryAfter(failure.GetRawResponse())),
        StatusCodes.Status408RequestTimeout or StatusCodes.Status504GatewayTimeout => Fault.GatewayTimeout,

        // Storage's own 500 for an operation that took too long (Common REST API error codes).
        StatusCodes.Status500InternalServerError when failure.ErrorCode == "OperationTimedOut" => Fault.GatewayTimeout,
        _ => Fault.BadGateway,
    };

    private static int RetryAfter(Response? response) =>
        response?.Headers.TryGetValue("Retry-After", out var value) is true
        && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? seconds
            : RetryAfterSeconds;
}

using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Http.Bodies;

/// <summary>Reads a request's body whole, within bounds of size and time.</summary>
internal sealed class BodyReader(TimeProvider time)
{
    /// <summary>The largest body, in bytes: <c>max_request_body_size</c> of oslo.middleware (sizelimit.py).</summary>
    public const int LimitBytes = 114_688;

    /// <summary>How long a body may take to arrive. 30 s is our choice: the largest at 4 KiB/s.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Reads the body.</summary>
    /// <returns>Its bytes, none when there is none. Or a fault: 413 when it is too large, whether it says so or is seen to be so;
    /// 408 when it has not arrived in time; 400 when it breaks HTTP's own framing.</returns>
    /// <exception cref="IOException">The client is gone.</exception>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public async Task<(ReadOnlyMemory<byte> Bytes, Fault? Fault)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > LimitBytes)
        {
            return (default, TooLarge);
        }

        if (request.ContentLength == 0)
        {
            return (default, null);
        }

        // Not by a token: Kestrel cannot drain a body whose reading ended so ("Reading is already in progress", .NET 10.0), and logs an error.
        using var late = new CancellationTokenSource(Patience, time);
        await using var registration = late.Token.Register(request.BodyReader.CancelPendingRead);
        try
        {
            var read = await request.BodyReader.ReadAtLeastAsync(LimitBytes + 1, cancellationToken);
            var bytes = read.Buffer.Length > LimitBytes ? null : read.Buffer.ToArray();
            request.BodyReader.AdvanceTo(read.Buffer.End);
            return read.IsCanceled ? (default, Fault.Late) : (bytes, bytes is null ? TooLarge : null);
        }
        catch (BadHttpRequestException e)
        {
            return (default, e.StatusCode switch
            {
                StatusCodes.Status408RequestTimeout => Fault.Late,
                StatusCodes.Status413PayloadTooLarge => TooLarge,
                _ => Fault.MalformedBody,
            });
        }
    }

    // Cinder says so only of a body without a Content-Length; for the other its message is left unformatted (sizelimit.py).
    private static Fault TooLarge { get; } = new(
        StatusCodes.Status413PayloadTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"Request is too large. Larger than {LimitBytes}."));
}

using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace VbsFunctions.Http.Answers;

/// <summary>A status, its headers and a JSON body, written in one piece with its length.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="WriteBody">Writes the one JSON value of the body.</param>
internal sealed record Answer(int Status, Action<Utf8JsonWriter> WriteBody) : IResult
{
    /// <summary>The content type of everything but a problem.</summary>
    public const string Json = "application/json";

    // As Cinder writes: no HTML escapes. Nothing embeds these bodies in a page, and the type says what they are.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The content type, without a charset: JSON is UTF-8. Null when there is no body.</summary>
    public string? ContentType { get; init; } = Json;

    /// <summary>Headers that belong to this answer, besides those that every answer has.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The VBS code of a fault, to count it by; null otherwise.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>A status without a body, and so without a content type, as Cinder deletes.</summary>
    public static Answer Empty(int status) => new(status, static _ => { }) { ContentType = null };

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var body = new ArrayBufferWriter<byte>();
        await using (var writer = new Utf8JsonWriter(body, Options))
        {
            WriteBody(writer);
        }

        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.ContentLength = body.WrittenCount;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        await response.Body.WriteAsync(body.WrittenMemory, httpContext.RequestAborted);
    }
}

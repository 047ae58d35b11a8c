namespace Testing;

/// <summary>What a <see cref="FakeKeystone"/> was asked.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Headers">The headers, by name in any case.</param>
/// <param name="Body">The body.</param>
public sealed record FakeRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Reads one request.</summary>
    /// <exception cref="IOException">It ends too early.</exception>
    public static async Task<FakeRequest> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var first = (await LineAsync(reader, cancellationToken)).Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync(reader, cancellationToken) is { Length: > 0 } line)
        {
            var parts = line.Split(':', 2);
            headers[parts[0]] = parts[1].Trim();
        }

        var body = new char[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, null) : 0];
        await (body.Length == 0 ? ValueTask.FromResult(0) : reader.ReadBlockAsync(body, cancellationToken)); // No byte asked for would wait for one.
        return new(first[0], first[1], headers, new string(body));
    }

    private static async Task<string> LineAsync(StreamReader reader, CancellationToken cancellationToken) =>
        await reader.ReadLineAsync(cancellationToken) ?? throw new IOException("The connection was closed before the request was whole.");
}

using System.Globalization;
using System.Text;
using Vbs.Restores;

namespace VbsFunctions.Tests.Hostile;

/// <summary>A request that is legal HTTP and otherwise meant badly.</summary>
/// <param name="Route">Method and template of the route that it is aimed at.</param>
/// <param name="Method">One of the usual eight.</param>
/// <param name="Target">Path and query as they go over the wire, ASCII.</param>
/// <param name="Headers">Headers besides Host and those of the body.</param>
/// <param name="Body">The body's bytes; null for none.</param>
/// <param name="Chunked">Whether the body goes without its length.</param>
internal sealed record HostileRequest(
    string Route, string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body, bool Chunked)
{
    /// <summary>Whether its answer has a body.</summary>
    public bool IsAnsweredWithBody => Method != "HEAD";

    /// <summary>Whether the path may begin with a segment of no characters once it is folded: then no route of the Functions host matches it, not
    /// even <c>{*path}</c>, and the answer is the host's own empty 404 (HostPathTests).</summary>
    public bool MayBeginEmpty => Target.Split('?')[0].Contains("//", StringComparison.Ordinal);

    /// <summary>The same for another project.</summary>
    public HostileRequest For(ProjectId from, ProjectId to)
    {
        string Replaced(string text) => text.Replace(from.ToString(), to.ToString(), StringComparison.Ordinal);
        return this with { Target = Replaced(Target), Headers = [.. Headers.Select(header => (header.Name, Replaced(header.Value)))] };
    }

    /// <summary>The bytes on the wire.</summary>
    public byte[] ToBytes()
    {
        var head = new StringBuilder($"{Method} {Target} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        foreach (var (name, value) in Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (Body is null)
        {
            return Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());
        }

        if (!Chunked)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n\r\n");
            return [.. Encoding.UTF8.GetBytes(head.ToString()), .. Body];
        }

        var chunk = Body.Length == 0 ? [] : (byte[])[.. Encoding.ASCII.GetBytes($"{Body.Length:x}\r\n"), .. Body, .. "\r\n"u8];
        return [.. Encoding.UTF8.GetBytes(head.Append("Transfer-Encoding: chunked\r\n\r\n").ToString()), .. chunk, .. "0\r\n\r\n"u8];
    }

    /// <summary>Simpler ones, to find what matters.</summary>
    public IEnumerable<HostileRequest> Simpler()
    {
        for (var i = 0; i < Headers.Count; i++)
        {
            yield return this with { Headers = [.. Headers.Take(i), .. Headers.Skip(i + 1)] };
        }

        if (Body is not null)
        {
            yield return this with { Body = null };
        }

        if (Body is { Length: > 1 })
        {
            yield return this with { Body = Body[..(Body.Length / 2)] };
            yield return this with { Body = Body[(Body.Length / 2)..] };
        }

        if (Target.IndexOf('?', StringComparison.Ordinal) is > 0 and var query)
        {
            yield return this with { Target = Target[..query] };
        }
    }

    /// <summary>The request for a person: everything but printable ASCII escaped, the middle of what is long left out.</summary>
    public override string ToString() => string.Concat(Encoding.Latin1.GetString(Shortened(ToBytes())).Select(c =>
        c is >= ' ' and <= '~' and not '\\' ? c.ToString() : c == '\n' ? "\\n\n" : string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}")));

    private static byte[] Shortened(byte[] bytes) => bytes.Length <= 4000 ? bytes : [.. bytes[..3000], .. "(...)"u8, .. bytes[^900..]];
}

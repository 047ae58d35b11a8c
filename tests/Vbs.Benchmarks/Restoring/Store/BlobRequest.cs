using System.Globalization;

namespace Vbs.Benchmarks.Restoring;

/// <summary>The head of a request, as text.</summary>
internal sealed class BlobRequest
{
    private readonly string[] lines;

    /// <summary>Splits it; field names are case-insensitive, and their values those of one line.</summary>
    public BlobRequest(string head)
    {
        lines = head.Split("\r\n");
        var first = lines[0].Split(' ');
        (Method, Target) = (first[0], first[1]);
    }

    /// <summary>GET, HEAD or PUT.</summary>
    public string Method { get; }

    /// <summary>Path and query.</summary>
    public string Target { get; }

    /// <summary>Length of the body in bytes.</summary>
    public int ContentLength => int.Parse(this["Content-Length"] ?? "0", CultureInfo.InvariantCulture);

    /// <summary>From where, and up to where, of <c>bytes=0-511</c> or <c>bytes=512-</c>; null when it is not of a range.</summary>
    public (long Offset, long End)? Range
    {
        get
        {
            if (this["x-ms-range"]?["bytes=".Length..].Split('-') is not { } bounds)
            {
                return null;
            }

            var end = bounds[1].Length > 0 ? long.Parse(bounds[1], CultureInfo.InvariantCulture) + 1 : long.MaxValue;
            return (long.Parse(bounds[0], CultureInfo.InvariantCulture), end);
        }
    }

    /// <summary>The value of a field, or null.</summary>
    public string? this[string name] =>
        Array.Find(lines, line => line.StartsWith(name, StringComparison.OrdinalIgnoreCase) && line[name.Length] == ':')?[(name.Length + 1)..].Trim();
}

using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace VbsFunctions.Http.Negotiation;

/// <summary>What the <c>Accept</c> header says about the two types we have (RFC 9110 §12.5.1). A header that cannot be read says nothing.</summary>
/// <param name="TakesJson">Whether JSON is acceptable: unless the client excludes it. Cinder never refuses; VBS documents the 406.</param>
/// <param name="NamesProblem">Whether <c>application/problem+json</c> is asked for by its name.</param>
internal readonly record struct Accept(bool TakesJson, bool NamesProblem)
{
    /// <summary>Reads the header's values.</summary>
    public static Accept Read(StringValues header)
    {
        if (!MediaTypeHeaderValue.TryParseList(header, out var ranges) || ranges.Count == 0)
        {
            return new(TakesJson: true, NamesProblem: false);
        }

        return new(CoverJson(ranges), ranges.Any(range => Is(range, "application/problem+json") && Wanted(range)));
    }

    // The most specific range that covers JSON decides, whatever the others say.
    private static bool CoverJson(IList<MediaTypeHeaderValue> ranges)
    {
        var named = ranges.Where(range => ContentTypes.IsJson(range.MediaType)).ToList();
        var byType = ranges.Where(range => Is(range, "application/*")).ToList();
        var any = ranges.Where(range => range.MatchesAllTypes).ToList();
        return new[] { named, byType, any }.FirstOrDefault(some => some.Count > 0)?.Any(Wanted) is true;
    }

    private static bool Is(MediaTypeHeaderValue range, string type) => range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);

    private static bool Wanted(MediaTypeHeaderValue range) => range.Quality is not 0;
}

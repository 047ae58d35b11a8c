using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace VbsFunctions.Http.Negotiation;

/// <summary>The names under which a body counts as JSON (cinder/api/openstack/wsgi.py, SUPPORTED_CONTENT_TYPES and its v2 alias).</summary>
internal static class ContentTypes
{
    /// <summary>Whether a <c>Content-Type</c> header names JSON, in any case, with whatever parameters.</summary>
    public static bool NamesJson(string header) => MediaTypeHeaderValue.TryParse(header, out var type) && IsJson(type.MediaType);

    /// <summary>Whether a media type without parameters is JSON.</summary>
    public static bool IsJson(StringSegment type) =>
        type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/vnd.openstack.volume+json", StringComparison.OrdinalIgnoreCase);
}

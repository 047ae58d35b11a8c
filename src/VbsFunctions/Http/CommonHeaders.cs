using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace VbsFunctions.Http;

/// <summary>What stands on every answer of the service, and where the service is.</summary>
internal static class CommonHeaders
{
    // 2017-02-25T12:00:00Z, when Cinder's version document marks v2.0 DEPRECATED (cinder/api/versions.py); the form is RFC 9745's.
    private const string DeprecatedSince = "@1488024000";

    /// <summary>Sets both names of the request id (keystoneauth reads the one, python-cinderclient the other), and on <c>/v2</c> that it is deprecated and by what.</summary>
    public static void Write(HttpContext context, string requestId)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        headers["x-openstack-request-id"] = requestId;
        headers["x-compute-request-id"] = requestId;
        if (request.Path.StartsWithSegments("/v2", StringComparison.OrdinalIgnoreCase, out var rest))
        {
            var successor = UriHelper.BuildAbsolute(
                request.Scheme, request.Host, request.PathBase, new PathString("/v3").Add(rest), request.QueryString);
            headers["Deprecation"] = DeprecatedSince;
            headers.Link = $"<{successor}>; rel=\"successor-version\"";
        }
    }

    /// <summary>Scheme and authority under which the client reached us, without a slash at the end.</summary>
    /// <remarks>From <c>Host</c>. <c>X-Forwarded-*</c> is not read here: on Azure the front end sets it and the worker's ASP.NET Core
    /// integration has already applied it (FunctionsHostBuilderExtensions.cs, UseForwardedHeaders); anywhere else a client could forge it.</remarks>
    public static string BaseUrl(HttpRequest request) => UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase).TrimEnd('/');
}

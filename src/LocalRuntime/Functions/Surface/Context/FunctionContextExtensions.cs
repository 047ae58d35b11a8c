using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>ASP.NET Core's side of an invocation.</summary>
public static class FunctionContextExtensions
{
    /// <summary>Where the ASP.NET Core integration keeps the request: the key of Items.</summary>
    internal const string HttpContextKey = "HttpRequestContext";

    /// <summary>The request of a function started by HTTP.</summary>
    /// <param name="context">The invocation.</param>
    /// <returns>The request, or null when something else started the function.</returns>
    public static HttpContext? GetHttpContext(this FunctionContext context) =>
        context.Items.TryGetValue(HttpContextKey, out var value) ? value as HttpContext : null;
}

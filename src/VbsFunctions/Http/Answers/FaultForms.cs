using Microsoft.AspNetCore.Http;
using VbsFunctions.Http.Negotiation;

namespace VbsFunctions.Http.Answers;

/// <summary>Decides in which form a request is told no.</summary>
internal static class FaultForms
{
    /// <summary>A problem when it is asked for by name; otherwise as the family of the path does.</summary>
    public static FaultForm Of(HttpRequest request) =>
        Accept.Read(request.Headers.Accept).NamesProblem ? FaultForm.Problem
        : IsVendorCall(request.Path) ? FaultForm.Vendor
        : FaultForm.OpenStack;

    // /v2/{project}/cloudbackups and all below it.
    private static bool IsVendorCall(PathString path) =>
        path.Value?.Split('/') is [_, var version, _, var collection, ..]
        && version.Equals("v2", StringComparison.OrdinalIgnoreCase)
        && collection.Equals("cloudbackups", StringComparison.OrdinalIgnoreCase);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace VbsFunctions.Http.Functions;

/// <summary>Whatever no other function takes, so that every answer is ours: the host's own are an empty 404, also for a known path with another method.</summary>
public sealed class AnyOtherPath(ApiEndpoint endpoint)
{
    // The Functions host asks its functions in the order of their names and takes the first whose route matches, so this must be the last of them.
    private const string Name = "ZAnyOtherPath";

    /// <summary>405 with <c>Allow</c>, or 404.</summary>
    [Function(Name)]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = Routes.Any)] HttpRequest request) =>
        endpoint.RefuseAsync(request);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VbsFunctions.Http.Views;

namespace VbsFunctions.Http.Functions;

/// <summary>Whatever no other function takes, so that every answer is ours: the host's own are an empty 404, also for a known path with another method.</summary>
public sealed class AnyOtherPath(ApiEndpoint endpoint)
{
    // The Functions host asks its functions in the order of their names and takes the first whose route matches, so this must be the last of them.
    private const string Name = "ZAnyOtherPath";

    /// <summary>300 with the versions at the root; otherwise 501, 405 with <c>Allow</c>, or 404.</summary>
    [Function(Name)]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = Routes.Any)] HttpRequest request) =>
        IsDiscovery(request)
            ? Task.FromResult(endpoint.AnswerAnyone(request, baseUrl => new(StatusCodes.Status300MultipleChoices, json => VersionsView.Write(json, baseUrl, 2, 3))))
            : endpoint.RefuseAsync(request);

    private static bool IsDiscovery(HttpRequest request) =>
        request.Path.Value is "" or "/" && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
}

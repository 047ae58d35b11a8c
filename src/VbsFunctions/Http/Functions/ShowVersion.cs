using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VbsFunctions.Http.Views;

namespace VbsFunctions.Http.Functions;

/// <summary>Version discovery of one version: clients come here before they have a token, or instead of asking the root. Safe to repeat.</summary>
public sealed class ShowVersion(ApiEndpoint endpoint)
{
    /// <summary>200, whoever asks.</summary>
    [Function("ShowVersionV2")]
    public IResult RunV2([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.VersionV2)] HttpRequest request) =>
        endpoint.AnswerAnyone(request, baseUrl => new(StatusCodes.Status200OK, json => VersionsView.Write(json, baseUrl, 2)));

    /// <inheritdoc cref="RunV2"/>
    [Function("ShowVersionV3")]
    public IResult RunV3([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.VersionV3)] HttpRequest request) =>
        endpoint.AnswerAnyone(request, baseUrl => new(StatusCodes.Status200OK, json => VersionsView.Write(json, baseUrl, 3)));
}

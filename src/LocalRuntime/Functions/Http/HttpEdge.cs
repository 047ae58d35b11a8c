using System.Diagnostics.CodeAnalysis;
using LocalRuntime.Functions.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Functions.Http;

/// <summary>What the Functions host answers by itself, and the way from a request to its function.</summary>
/// <remarks>
/// In the host's order: its own paths, the functions' routes, the home page. Whatever matches nothing is a 404 without a body, and an
/// exception that leaves a function is a 500 without one.
/// </remarks>
internal sealed class HttpEdge(HttpRoutes routes, FunctionInvoker invoker, Drain drain, bool homePage, ILogger logger)
{
    private static readonly PathString Status = "/admin/host/status";

    /// <summary>Answers a request.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        if (!IsUsual(http.Request.Method))
        {
            return;
        }

        if (HostPaths.StatusOf(http.Request) is { } status)
        {
            await AnswerItselfAsync(http, status);
        }
        else if (await routes.FindAsync(http) is var (function, data))
        {
            await RunAsync(http, function, data);
        }
        else if (http.Request.Path == "/")
        {
            await AnswerHomeAsync(http);
        }
    }

    // Any other (PROPFIND) never reaches a function, whatever its methods: measured with the real host 4.1037.
    private static bool IsUsual(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsPost(method) || HttpMethods.IsPut(method)
        || HttpMethods.IsDelete(method) || HttpMethods.IsPatch(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    // Of what the host tells about itself a prober reads "state" (HostController.GetHostStatus in azure-functions-host).
    private static Task AnswerItselfAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return http.Request.Path.Equals(Status, StringComparison.OrdinalIgnoreCase)
            ? Results.Json(new { state = "Running" }, statusCode: status).ExecuteAsync(http)
            : Task.CompletedTask;
    }

    // HomepageMiddleware in azure-functions-host.
    private Task AnswerHomeAsync(HttpContext http)
    {
        var page = homePage
            ? Results.Text("<!DOCTYPE html><title>Functions</title><p>Your Functions app is up and running.</p>", "text/html", statusCode: 200)
            : Results.NoContent();
        return page.ExecuteAsync(http);
    }

    [SuppressMessage("Design", "CA1031", Justification = "The edge of the process: whatever leaves a function is a 500.")]
    private async Task RunAsync(HttpContext http, HttpFunction function, RouteData data)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Request.RouteValues = data.Values;
        http.Features.Set<IRoutingFeature>(new RoutingFeature { RouteData = data });
        using var token = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, drain.Token);
        try
        {
            var result = await invoker.InvokeAsync(
                function.Method, http.Request, BindingData(http.Request), context => context.Items[FunctionContextExtensions.HttpContextKey] = http, token.Token);
            await WriteAsync(http, data, result);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        catch (Exception escaped)
        {
            logger.FunctionFailed(escaped, function.Method.Function.Name);
            Fail(http);
        }
    }

    // FunctionsHttpProxyingMiddleware in azure-functions-dotnet-worker, which asks in this order.
    private static Task WriteAsync(HttpContext http, RouteData data, object? result) => result switch
    {
        IActionResult action => action.ExecuteResultAsync(new ActionContext(http, data, new ActionDescriptor())),
        IResult answer => answer.ExecuteAsync(http),
        _ => Task.CompletedTask,
    };

    private static void Fail(HttpContext http)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.Clear();
        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }

    // Route values go over the query's (HttpTriggerAttributeBindingProvider in azure-webjobs-sdk-extensions).
    private static Dictionary<string, object?> BindingData(HttpRequest request)
    {
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in request.Query)
        {
            data[name] = value.ToString();
        }

        foreach (var (name, value) in request.RouteValues)
        {
            data[name] = value;
        }

        return data;
    }
}

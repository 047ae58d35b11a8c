using LocalRuntime.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.Extensions.Options;

namespace LocalRuntime.Functions.Http;

/// <summary>Which function a request goes to, as the Functions host decides it: the first by name whose route and methods match.</summary>
/// <remarks>
/// The host keeps its functions sorted by name (FunctionMetadataManager in azure-functions-host) and asks their routes in that order
/// (WebScriptHostHttpRoutesManager there, WebJobsRouter in azure-webjobs-sdk-extensions): literal segments have no precedence over
/// parameters, and a catch-all hides whatever comes after it. Open upstream: azure-functions-host issue 3153. A path that
/// begins with an empty segment (<c>//a</c>) matches nothing, not even a catch-all (PathTokenizer in ASP.NET Core), and is the host's own 404.
/// </remarks>
internal sealed class HttpRoutes
{
    private const string FunctionToken = "function";
    private readonly RouteCollection routes = new();

    /// <summary>Maps functions.</summary>
    /// <param name="functions">In the order of their names.</param>
    /// <param name="services">The app's services: route constraints may need them.</param>
    /// <exception cref="StartException">Two functions have the same route and method: the worker would find both and answer 500.</exception>
    public HttpRoutes(IReadOnlyList<HttpFunction> functions, IServiceProvider services)
    {
        RefuseAmbiguous(functions);
        var constraints = new DefaultInlineConstraintResolver(Options.Create(new RouteOptions()), services);
        foreach (var function in functions)
        {
            routes.Add(ToRoute(function, constraints));
        }
    }

    /// <summary>Finds the function of a request.</summary>
    /// <returns>The function and its route values, by name; or null.</returns>
    public async Task<(HttpFunction Function, RouteData Data)?> FindAsync(HttpContext http)
    {
        var context = new RouteContext(http);
        await routes.RouteAsync(context);
        return context.Handler is null ? null : ((HttpFunction)context.RouteData.DataTokens[FunctionToken]!, context.RouteData);
    }

    /// <summary>The functions that can get no request, because one before them takes every path and their methods.</summary>
    public static IEnumerable<(HttpFunction Hidden, HttpFunction By)> Hidden(IReadOnlyList<HttpFunction> functions) =>
        from candidate in functions.Select((function, index) => (Function: function, Index: index))
        let hider = functions.Take(candidate.Index).FirstOrDefault(earlier => TakesEveryPath(earlier) && TakesMethodsOf(earlier, candidate.Function))
        where hider is not null
        select (candidate.Function, hider);

    private static bool TakesEveryPath(HttpFunction function) =>
        function.Template.StartsWith("{*", StringComparison.Ordinal) && function.Template.IndexOf('}', StringComparison.Ordinal) == function.Template.Length - 1
        && !function.Template.Contains(':', StringComparison.Ordinal);

    private static bool TakesMethodsOf(HttpFunction earlier, HttpFunction later) =>
        earlier.Methods.Count == 0 || (later.Methods.Count > 0 && later.Methods.All(earlier.Methods.Contains));

    private static void RefuseAmbiguous(IReadOnlyList<HttpFunction> functions)
    {
        foreach (var same in functions.GroupBy(function => function.Template, StringComparer.OrdinalIgnoreCase))
        {
            var taken = new Dictionary<string, HttpFunction>(StringComparer.Ordinal);
            foreach (var (function, method) in same.SelectMany(function => function.Methods.DefaultIfEmpty("").Distinct().Select(method => (function, method))))
            {
                if (!taken.TryAdd(method, function))
                {
                    throw new StartException(
                        $"Functions {taken[method].Method.Function.Name} and {function.Method.Function.Name} have the same route \"{same.Key}\" and method.");
                }
            }
        }
    }

    private static Route ToRoute(HttpFunction function, IInlineConstraintResolver resolver)
    {
        var constraints = new Dictionary<string, object>();
        if (function.Methods.Count > 0)
        {
            constraints.Add("httpMethod", new HttpMethodRouteConstraint([.. function.Methods]));
        }

        try
        {
            return new Route(
                new RouteHandler(_ => Task.CompletedTask), function.Method.Function.Name, function.Template, [], constraints, new() { [FunctionToken] = function }, resolver);
        }
        catch (RouteCreationException invalid)
        {
            throw new StartException($"Function {function.Method.Function.Name}: {invalid.Message}", invalid);
        }
    }
}

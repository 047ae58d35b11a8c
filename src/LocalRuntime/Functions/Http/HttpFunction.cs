using System.Reflection;
using LocalRuntime.Functions.Discovery;
using LocalRuntime.Functions.Invocation;
using LocalRuntime.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Functions.Http;

/// <summary>A function started by HTTP, with its route and methods.</summary>
internal sealed class HttpFunction
{
    private HttpFunction(FunctionMethod method, string template, IReadOnlyList<string> methods)
    {
        Method = method;
        Template = template;
        Methods = methods;
    }

    /// <summary>The function.</summary>
    public FunctionMethod Method { get; }

    /// <summary>Its whole route template, host.json's prefix included.</summary>
    public string Template { get; }

    /// <summary>The methods it takes, upper case; empty for all.</summary>
    public IReadOnlyList<string> Methods { get; }

    /// <summary>Checks a function and binds its parameters.</summary>
    /// <param name="function">A function with an <see cref="HttpTriggerAttribute"/>.</param>
    /// <param name="routePrefix">From host.json; may be empty.</param>
    /// <param name="input">Fills parameters with an input binding; null for those without.</param>
    /// <exception cref="StartException">It asks for what is not here.</exception>
    public static HttpFunction Create(Function function, string routePrefix, Func<ParameterInfo, Func<FunctionInvocation, object?>?> input)
    {
        var trigger = (HttpTriggerAttribute)function.Trigger;
        if (trigger.AuthLevel is not AuthorizationLevel.Anonymous)
        {
            throw new StartException($"Function {function.Name} wants a key ({trigger.AuthLevel}), and there are none here: use AuthorizationLevel.Anonymous.");
        }

        Argument.RequireTriggerType(function, typeof(HttpRequest));
        if (!Answers(function.ResultType))
        {
            throw new StartException($"Function {function.Name} returns {function.ResultType.Name}: an HTTP function here returns IResult, IActionResult or nothing.");
        }

        var pattern = Parse(function, trigger.Route ?? function.Name, routePrefix);
        var names = pattern.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var method = new FunctionMethod(function, parameter =>
            parameter == function.TriggerParameter
                ? Argument.Input
                : Argument.OfInvocation(parameter) ?? input(parameter) ?? OfRoute(function, parameter, names));
        return new HttpFunction(method, pattern.RawText!.TrimStart('/'), [.. (trigger.Methods ?? []).Select(name => name.ToUpperInvariant())]);
    }

    private static bool Answers(Type result) =>
        result == typeof(void) || result.IsAssignableTo(typeof(IResult)) || result.IsAssignableTo(typeof(IActionResult));

    // The worker parses "<prefix>/<route>" (FunctionsEndpointDataSource in azure-functions-dotnet-worker): with an empty prefix the
    // route "/" becomes "//", and none of the worker's HTTP functions answers any more.
    private static RoutePattern Parse(Function function, string route, string routePrefix)
    {
        if (route.Length == 0 || route.StartsWith('/'))
        {
            throw new StartException(
                $"Function {function.Name}: a route cannot be empty or begin with '/': in the worker it breaks every HTTP function; serve the root from a route like \"{{*path}}\".");
        }

        try
        {
            return RoutePatternFactory.Parse($"{routePrefix}/{route}");
        }
        catch (RoutePatternException invalid)
        {
            throw new StartException($"Function {function.Name}: route \"{route}\" is not a template: {invalid.Message}", invalid);
        }
    }

    private static Func<FunctionInvocation, object?> OfRoute(Function function, ParameterInfo parameter, HashSet<string> names) =>
        names.Contains(parameter.Name!) && DataArgument.CanBe(parameter.ParameterType)
            ? DataArgument.Of(parameter)
            : throw Argument.Unknown(function, parameter);
}

using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts a function by an HTTP request.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>With a function key, for every method.</summary>
    public HttpTriggerAttribute()
        : this(AuthorizationLevel.Function)
    {
    }

    /// <summary>With a function key, for these methods.</summary>
    /// <param name="methods">Names of methods, in any case.</param>
    public HttpTriggerAttribute(params string[] methods)
        : this(AuthorizationLevel.Function, methods)
    {
    }

    /// <summary>For every method.</summary>
    /// <param name="authLevel">The key a request must carry.</param>
    public HttpTriggerAttribute(AuthorizationLevel authLevel) => AuthLevel = authLevel;

    /// <summary>For these methods.</summary>
    /// <param name="authLevel">The key a request must carry.</param>
    /// <param name="methods">Names of methods, in any case.</param>
    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>The route template below host.json's <c>routePrefix</c>; the function's name when null.</summary>
    public string? Route { get; set; }

    /// <summary>The methods taken; every one when null.</summary>
    public string[]? Methods { get; }

    /// <summary>The key a request must carry.</summary>
    public AuthorizationLevel AuthLevel { get; }
}

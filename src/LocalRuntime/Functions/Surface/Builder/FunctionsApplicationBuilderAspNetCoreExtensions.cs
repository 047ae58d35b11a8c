using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Turns on the ASP.NET Core integration.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Lets HTTP functions take <c>HttpRequest</c> and return <c>IResult</c> or <c>IActionResult</c>. An app with HTTP functions must call it: there is no other way to bind HTTP here.</summary>
    /// <param name="builder">The app.</param>
    /// <returns>The app.</returns>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        builder.Local.IsWebApplication = true;
        // What executes an IActionResult; as in the integration (WorkerBuilderExtensions in azure-functions-dotnet-worker).
        builder.Services.AddMvcCore();
        return builder;
    }
}

using LocalRuntime.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>A Functions app to be.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly WebApplicationBuilder web;
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware = [];
    private bool built;

    internal FunctionsApplicationBuilder(string[] args) => web = LocalConfiguration.CreateBuilder(args, Local);

    /// <summary>Values that parts of the app hand to one another while it is built.</summary>
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)web).Properties;

    /// <summary>Local settings, under the environment, under the command line.</summary>
    public ConfigurationManager Configuration => web.Configuration;

    /// <summary>Development unless AZURE_FUNCTIONS_ENVIRONMENT says otherwise.</summary>
    public IHostEnvironment Environment => web.Environment;

    /// <summary>The app's logs.</summary>
    public ILoggingBuilder Logging => web.Logging;

    /// <summary>The app's metrics.</summary>
    public IMetricsBuilder Metrics => web.Metrics;

    /// <summary>The app's services.</summary>
    public IServiceCollection Services => web.Services;

    /// <inheritdoc/>
    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    /// <summary>What tests set in place of what a process has.</summary>
    internal LocalOptions Local { get; } = new();

    /// <summary>Replaces the container.</summary>
    /// <typeparam name="TContainerBuilder">The container's builder.</typeparam>
    /// <param name="factory">Makes the container.</param>
    /// <param name="configure">Fills it.</param>
    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)web).ConfigureContainer(factory, configure);

    /// <summary>Puts middleware around every invocation, inside that added before.</summary>
    /// <param name="middleware">From the rest of the invocation to the whole.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The app is built.</exception>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        RefuseWhenBuilt();
        this.middleware.Add(middleware);
        return this;
    }

    /// <summary>Ends building. Functions are found and checked when the app starts.</summary>
    /// <returns>The app; once.</returns>
    /// <exception cref="InvalidOperationException">The app is built.</exception>
    public IHost Build()
    {
        RefuseWhenBuilt();
        built = true;
        return LocalHostBuilder.Build(web, middleware, Local);
    }

    private void RefuseWhenBuilt()
    {
        if (built)
        {
            throw new InvalidOperationException("The application has already been built.");
        }
    }
}

using System.Reflection;
using LocalRuntime.Durable;
using LocalRuntime.Functions;
using LocalRuntime.Functions.Discovery;
using LocalRuntime.Functions.Invocation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace LocalRuntime.Hosting;

/// <summary>Puts the local runtime's parts beside the app's services.</summary>
internal static class LocalHostBuilder
{
    // The Functions host's own limit: HttpRequestBodySizeMiddleware in azure-functions-host, 100 MiB.
    private const long MaxRequestBodyBytes = 104_857_600;

    // The grace of requests, and as much again for timers, activities and the app's own services.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Builds the app; nothing is checked before it starts.</summary>
    public static LocalHost Build(
        WebApplicationBuilder web, IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware, LocalOptions options)
    {
        web.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
        });
        if (options.OwnsProcess)
        {
            LocalLogging.AddLines(web.Logging);
        }

        var services = web.Services;
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new FunctionInvoker(provider.GetRequiredService<IServiceScopeFactory>(), middleware));
        services.AddSingleton(_ => HostJson.Read(web.Configuration, web.Environment.ContentRootPath));
        services.AddSingleton(provider => Durable(provider.GetRequiredService<HostJson>()));
        services.AddSingleton(provider => App(provider, options));

        // The last: the server, which the web application adds itself, listens when this has started.
        services.AddHostedService<FunctionsService>();
        return new LocalHost(web.Build(), options);
    }

    private static DurableOptions Durable(HostJson json)
    {
        var defaults = new DurableOptions();
        return defaults with
        {
            HubName = json.HubName ?? defaults.HubName,
            MaxConcurrentActivities = json.MaxConcurrentActivities ?? defaults.MaxConcurrentActivities,
            MaxConcurrentOrchestrators = json.MaxConcurrentOrchestrators ?? defaults.MaxConcurrentOrchestrators,
        };
    }

    private static FunctionApp App(IServiceProvider services, LocalOptions options)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var classes = options.FunctionClasses ?? FunctionFinder.ClassesOf(Assembly.GetEntryAssembly()!);
        return new FunctionApp(
            FunctionFinder.Find(classes),
            services.GetRequiredService<FunctionInvoker>(),
            services.GetRequiredService<HostJson>(),
            services.GetRequiredService<DurableOptions>(),
            name => configuration[name]);
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Vbs.Tests.Configuration;

/// <summary>The library as a host registers it, with nothing but the given settings.</summary>
internal sealed class AHost : IHostEnvironment
{
    private AHost(string environment) => EnvironmentName = environment;

    public string EnvironmentName { get; set; }

    public string ApplicationName { get; set; } = "test";

    public string ContentRootPath { get; set; } = "";

    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();

    public static ServiceProvider With(string? environment, params (string Key, string? Value)[] settings) =>
        With(environment, log: null, TimeProvider.System, settings);

    public static ServiceProvider With(string? environment, ILoggerProvider? log, TimeProvider time, params (string Key, string? Value)[] settings)
    {
        var services = new ServiceCollection().AddSingleton(time).AddLogging(logging => AddAll(logging, log));
        if (environment is not null)
        {
            services.AddSingleton<IHostEnvironment>(new AHost(environment));
        }

        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)))
            .Build();
        return services.AddVbs(configuration).BuildServiceProvider(validateScopes: true);
    }

    private static void AddAll(ILoggingBuilder logging, ILoggerProvider? log)
    {
        if (log is not null)
        {
            logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        }
    }

    /// <summary>What stops the host at its start; empty when nothing does.</summary>
    public static IReadOnlyList<string> Errors(string? environment, params (string Key, string? Value)[] settings)
    {
        using var host = With(environment, settings);
        try
        {
            host.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
    }
}

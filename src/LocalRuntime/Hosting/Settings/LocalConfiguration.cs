using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Hosting;

/// <summary>The configuration, environment and logs of an app, as Core Tools and the worker make them together.</summary>
internal static class LocalConfiguration
{
    // The port of Core Tools.
    private const string DefaultUrl = "http://127.0.0.1:7071";

    /// <summary>Makes the builder: local settings, under environment variables, under the command line; content root is the output folder.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="options">Gets the failure of a file that cannot be read: the app's start tells it.</param>
    public static WebApplicationBuilder CreateBuilder(string[] args, LocalOptions options)
    {
        var folder = AppContext.BaseDirectory;
        var settings = ReadSettings(folder, options);
        var web = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = folder,
            EnvironmentName = EnvironmentName(args, settings),
        });
        LocalSettings.AddTo(web.Configuration, settings);
        if (string.IsNullOrEmpty(web.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            web.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, DefaultUrl);
        }

        LocalLogging.SetLevels(web.Logging, ReadLogLevels(web.Configuration, folder, options));
        return web;
    }

    private static IReadOnlyDictionary<string, string?> ReadSettings(string folder, LocalOptions options)
    {
        try
        {
            return LocalSettings.Read(folder);
        }
        catch (FormatException invalid)
        {
            options.ConfigurationFailure = invalid;
            return new Dictionary<string, string?>();
        }
    }

    private static IReadOnlyDictionary<string, LogLevel> ReadLogLevels(IConfiguration configuration, string folder, LocalOptions options)
    {
        try
        {
            return HostJson.Read(configuration, folder).LogLevels;
        }
        catch (StartException invalid)
        {
            options.ConfigurationFailure ??= invalid;
            return new Dictionary<string, LogLevel>();
        }
    }

    // Core Tools set AZURE_FUNCTIONS_ENVIRONMENT to Development unless it is set; the worker takes its environment from it.
    private static string EnvironmentName(string[] args, IReadOnlyDictionary<string, string?> settings)
    {
        var early = new ConfigurationBuilder().AddInMemoryCollection(settings).AddEnvironmentVariables().AddCommandLine(args).Build();
        return early["AZURE_FUNCTIONS_ENVIRONMENT"] is { Length: > 0 } name ? name : "Development";
    }
}

using LocalRuntime.Hosting;
using Microsoft.Extensions.Configuration;

namespace VbsTool;

/// <summary>The settings of the app, as the app itself reads them when it runs here.</summary>
internal static class Settings
{
    /// <summary>The environment over <c>local.settings.json</c> (else <c>local.settings.sample.json</c>) of a folder.</summary>
    /// <exception cref="FormatException">The file cannot be read; the message is for a person.</exception>
    public static IConfiguration Read(string folder)
    {
        var builder = new ConfigurationBuilder().AddEnvironmentVariables();
        LocalSettings.AddTo(builder, LocalSettings.Read(folder));
        return builder.Build();
    }
}

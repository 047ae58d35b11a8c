using Microsoft.Extensions.Configuration;
using Vbs.Restores;

namespace VbsTool.Demo;

/// <summary>What the demo needs of the settings: who calls, and where.</summary>
/// <param name="BaseUrl">Where the service listens, without a slash at the end.</param>
/// <param name="Token">The first static token.</param>
/// <param name="ProjectId">That token's project.</param>
internal sealed record DemoSettings(string BaseUrl, string Token, ProjectId ProjectId)
{
    private const string DefaultBaseUrl = "http://127.0.0.1:7071";
    private const string FirstToken = "Vbs:Identity:StaticTokens:0";

    /// <summary>Reads the settings.</summary>
    /// <exception cref="ToolException">There is no static token to show the demo with.</exception>
    public static DemoSettings Read(IConfiguration configuration)
    {
        var token = configuration[$"{FirstToken}:Token"]?.Trim();
        return string.IsNullOrEmpty(token) || !ProjectId.TryParse(configuration[$"{FirstToken}:ProjectId"], null, out var project)
            ? throw new ToolException($"The demo needs a static token: set {FirstToken}:Token and {FirstToken}:ProjectId.")
            : new DemoSettings((configuration["VBS_BASE_URL"] ?? DefaultBaseUrl).TrimEnd('/'), token, project);
    }
}

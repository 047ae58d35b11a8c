using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Vbs.Identity;
using Vbs.Identity.Keystone;
using Vbs.Telemetry;
using VbsFunctions.Http;
using VbsFunctions.Orchestration;

namespace VbsFunctions;

/// <summary>Registers the app, on top of the library.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Adds the edge of the HTTP functions and what the steps of a restore share.
    /// It needs what <c>AddVbs</c> adds: the rooms, <see cref="CheckToken"/>, ids and time.</summary>
    public static IServiceCollection AddVbsFunctions(this IServiceCollection services) => services
        .AddSingleton<RestoreCleanup>()
        .AddSingleton(provider => new ApiEndpoint(
            provider.GetRequiredService<CheckToken>(),
            Challenge(provider.GetRequiredService<IOptions<KeystoneOptions>>().Value),
            provider.GetRequiredService<Func<Guid>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<RestoreMetrics>(),
            provider.GetRequiredService<ILogger<ApiEndpoint>>()));

    private static string? Challenge(KeystoneOptions keystone) => (keystone.PublicUri ?? keystone.Uri)?.AbsoluteUri.TrimEnd('/');
}

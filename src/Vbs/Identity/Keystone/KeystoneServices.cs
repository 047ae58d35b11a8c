using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Vbs.Identity.Keystone.Wire;

namespace Vbs.Identity.Keystone;

/// <summary>Registers the room.</summary>
internal static class KeystoneServices
{
    /// <summary>Adds the check, the probe and their HTTP client. None of them is made before it is asked for: there may be no Keystone.</summary>
    public static IServiceCollection AddKeystone(this IServiceCollection services)
    {
        services.AddHttpClient(KeystoneClient.HttpName)
            .ConfigureHttpClient((provider, http) =>
            {
                http.Timeout = TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<KeystoneOptions>>().Value.TimeoutSeconds);
                http.MaxResponseContentBufferSize = KeystoneClient.MaxAnswerBytes;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false, // A redirect would carry tokens to wherever it points.
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5), // Sees a moved name without the factory's making handlers anew.
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers(); // At Trace they write headers, and here every header that matters is a token.

        return services
            .AddSingleton<KeystoneClient>()
            .AddSingleton<ServiceToken>()
            .AddSingleton<AnswerCache>()
            .AddSingleton<KeystoneTokens>()
            .AddSingleton(provider => new KeystoneProbe(
                provider.GetRequiredService<IOptions<KeystoneOptions>>(), provider.GetRequiredService<KeystoneClient>));
    }
}

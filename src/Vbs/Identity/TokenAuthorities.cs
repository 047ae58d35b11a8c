using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Vbs.Identity.Development;
using Vbs.Identity.Keystone;

namespace Vbs.Identity;

/// <summary>Who is asked about tokens: Keystone, or in development the static tokens, or both: then a static token is known without
/// asking, and every other is Keystone's. Asked for when the host starts, so that a service which could admit nobody does not start.</summary>
/// <param name="checkToken">The one in the container, this one or a host's own.</param>
internal sealed class TokenAuthorities(CheckToken checkToken) : IHostedService
{
    /// <summary>Makes the check that the settings want.</summary>
    /// <exception cref="OptionsValidationException">There is nobody to ask, and this is not development.</exception>
    public static CheckToken Choose(IServiceProvider provider)
    {
        var hasKeystone = provider.GetRequiredService<IOptions<KeystoneOptions>>().Value.Uri is not null;
        var hasStatic = provider.GetRequiredService<IOptions<IdentityOptions>>().Value.StaticTokens.Count > 0;
        if (!hasKeystone && !hasStatic && provider.GetService<IHostEnvironment>()?.IsDevelopment() is not true)
        {
            throw new OptionsValidationException(KeystoneOptions.Section, typeof(KeystoneOptions),
            [
                $"{KeystoneOptions.Section}:Uri is missing: nobody could call. Set it and the service's credentials "
                    + "(ApplicationCredentialId and ApplicationCredentialSecret, or UserName, Password and ProjectName).",
            ]);
        }

        CheckToken statics = provider.GetRequiredService<StaticTokens>().CheckAsync;
        CheckToken? keystone = hasKeystone ? provider.GetRequiredService<KeystoneTokens>().CheckAsync : null;
        return keystone is null ? statics : hasStatic ? Either(statics, keystone) : keystone;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkToken);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static CheckToken Either(CheckToken first, CheckToken second) => async (token, cancellationToken) =>
    {
        var answer = await first(token, cancellationToken);
        return answer.IsValid ? answer : await second(token, cancellationToken);
    };
}

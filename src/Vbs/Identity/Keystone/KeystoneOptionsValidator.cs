using Microsoft.Extensions.Options;

namespace Vbs.Identity.Keystone;

/// <summary>Refuses a Keystone that could not be reached safely, or not in one certain name. Never repeats a secret.</summary>
internal sealed class KeystoneOptionsValidator : IValidateOptions<KeystoneOptions>
{
    private const string Section = KeystoneOptions.Section;

    private const string TwoWays =
        "set ApplicationCredentialId and ApplicationCredentialSecret; or UserId (or UserName), Password and ProjectId (or ProjectName)";

    public ValidateOptionsResult Validate(string? name, KeystoneOptions options)
    {
        string?[] errors =
        [
            CheckUri(options),
            CheckPublicUri(options.PublicUri),
            CheckCredentials(options),
            Check(options.TimeoutSeconds, 1, 60, nameof(options.TimeoutSeconds)),
            Check(options.CacheSeconds, 0, 3600, nameof(options.CacheSeconds)),
            Check(options.RefusalCacheSeconds, 0, 60, nameof(options.RefusalCacheSeconds)),
            Check(options.CacheEntries, 100, 1_000_000, nameof(options.CacheEntries)),
        ];
        var found = errors.OfType<string>().ToList();
        return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static string? Check(int value, int least, int most, string key) =>
        value >= least && value <= most ? null : $"{Section}:{key} is {value}: it must be from {least} to {most}.";

    private static string? CheckUri(KeystoneOptions options) => options.Uri switch
    {
        null => HasAny(options.ApplicationCredentialId, options.ApplicationCredentialSecret, options.UserId, options.UserName, options.Password)
            ? $"{Section}:Uri is missing: credentials alone lead nowhere."
            : null,
        { IsAbsoluteUri: true, Query: "", Fragment: "", UserInfo: "" } uri
            when uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback) => null,
        _ => $"{Section}:Uri is not allowed: it must be an absolute https URI (http only on loopback) "
            + "without user, query and fragment, such as https://keystone.example:5000/v3.",
    };

    private static string? CheckPublicUri(Uri? uri) =>
        uri is null or { IsAbsoluteUri: true, Scheme: "https" or "http", UserInfo: "" }
            ? null
            : $"{Section}:PublicUri is not allowed: it must be an absolute https or http URI without user.";

    private static string? CheckCredentials(KeystoneOptions options)
    {
        if (options.Uri is null)
        {
            return null;
        }

        var application = HasAny(options.ApplicationCredentialId, options.ApplicationCredentialSecret);
        var password = HasAny(options.UserId, options.UserName, options.Password, options.ProjectId, options.ProjectName);
        return (application, password) switch
        {
            (true, true) => $"{Section} has two kinds of credentials: {TwoWays}, not both.",
            (true, false) when HasAll(options.ApplicationCredentialId, options.ApplicationCredentialSecret) => null,
            (false, true) when HasAny(options.UserId, options.UserName) && HasAll(options.Password)
                && HasAny(options.ProjectId, options.ProjectName) && HasAny(options.DomainId, options.DomainName) => null,
            (false, false) => $"{Section} has no credentials of this service: {TwoWays}.",
            _ => $"{Section} has half of its credentials: {TwoWays}.",
        };
    }

    private static bool HasAny(params string?[] values) => !values.All(string.IsNullOrEmpty);

    private static bool HasAll(params string?[] values) => !values.Any(string.IsNullOrEmpty);
}

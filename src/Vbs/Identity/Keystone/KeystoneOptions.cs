namespace Vbs.Identity.Keystone;

/// <summary>The Keystone that knows the callers' tokens: section <c>Vbs:Keystone</c>. Without a <see cref="Uri"/> there is none.</summary>
/// <remarks>The service asks in its own name: by an application credential (id and secret), or by a user with password and project.
/// That user needs the role <c>service</c> or <c>admin</c>, which Keystone's policy <c>identity:validate_token</c> demands.</remarks>
public sealed class KeystoneOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vbs:Keystone";

    /// <summary>Where this service reaches Keystone v3, with or without <c>/v3</c> at the end: https, or http on loopback.</summary>
    public Uri? Uri { get; set; }

    /// <summary>Where clients are told to get tokens, in <c>WWW-Authenticate</c>. Default <see cref="Uri"/>.</summary>
    public Uri? PublicUri { get; set; }

    /// <summary>Id of the service's application credential; needs <see cref="ApplicationCredentialSecret"/> and excludes a password.</summary>
    public string? ApplicationCredentialId { get; set; }

    /// <summary>Secret of the application credential.</summary>
    public string? ApplicationCredentialSecret { get; set; }

    /// <summary>Id of the service's user; or its name, in <see cref="UserName"/>.</summary>
    public string? UserId { get; set; }

    /// <summary>Name of the service's user, in the domain below.</summary>
    public string? UserName { get; set; }

    /// <summary>Password of the service's user.</summary>
    public string? Password { get; set; }

    /// <summary>Id of the project that the service's user has its role in; or its name, in <see cref="ProjectName"/>.</summary>
    public string? ProjectId { get; set; }

    /// <summary>Name of that project, in the domain below.</summary>
    public string? ProjectName { get; set; }

    /// <summary>Id of the domain of the two names; goes before <see cref="DomainName"/>.</summary>
    public string? DomainId { get; set; }

    /// <summary>Name of the domain of the two names. Default <c>Default</c>.</summary>
    public string DomainName { get; set; } = "Default";

    /// <summary>How long one request to Keystone may take, in seconds, 1 to 60. Default 5. A check makes one, or up to four when the
    /// service's own token has ended.</summary>
    public int TimeoutSeconds { get; set; } = 5;

    /// <summary>How long a valid token is believed without asking again, in seconds, 0 to 3600, and never past its expiry. Default 300, as
    /// keystonemiddleware's <c>token_cache_time</c>; 0 asks every time. A token that is revoked meanwhile still works for so long.</summary>
    public int CacheSeconds { get; set; } = 300;

    /// <summary>How long a refused token is refused without asking again, in seconds, 0 to 60. Default 5; 0 asks every time.</summary>
    public int RefusalCacheSeconds { get; set; } = 5;

    /// <summary>How many valid, and how many refused, tokens are remembered, 100 to 1,000,000 each. Default 10,000: about 10 MB.</summary>
    public int CacheEntries { get; set; } = 10_000;
}

namespace RealClients.Harness;

/// <summary>A user of the cloud, in the domain <c>default</c>.</summary>
/// <param name="User">The name.</param>
/// <param name="Password">The password.</param>
/// <param name="Project">Name of the project to work in; null for none.</param>
public sealed record Account(string User, string Password, string? Project)
{
    /// <summary>The settings by which OpenStack's clients log in.</summary>
    /// <param name="keystone">Where Keystone listens.</param>
    public IReadOnlyDictionary<string, string> Environment(string keystone) => new Dictionary<string, string>
    {
        ["OS_AUTH_URL"] = keystone,
        ["OS_IDENTITY_API_VERSION"] = "3",
        ["OS_USERNAME"] = User,
        ["OS_PASSWORD"] = Password,
        ["OS_PROJECT_NAME"] = Project ?? "",
        ["OS_USER_DOMAIN_ID"] = "default",
        ["OS_PROJECT_DOMAIN_ID"] = "default",
        ["OS_REGION_NAME"] = "RegionOne",
    };
}

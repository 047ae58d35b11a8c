using System.Text.Json.Nodes;

namespace RealClients.Harness;

/// <summary>Makes the projects, users, roles and catalog of a <see cref="Cloud"/> in a fresh Keystone.</summary>
internal sealed class CloudSetup(KeystoneApi api)
{
    // As clouds that offer VBS have them; gophertelekomcloud looks for volumev2 and vbs, python-cinderclient and the SDK for volumev3, volumev2 and block-storage.
    private static readonly (string Type, string Version)[] Services = [("volumev3", "v3"), ("volumev2", "v2"), ("vbs", "v2")];

    /// <summary>Id of the project <c>demo</c>.</summary>
    public string DemoId { get; private set; } = "";

    /// <summary>Id of the project <c>other</c>.</summary>
    public string OtherId { get; private set; } = "";

    /// <summary>Id of the project <c>archive</c>.</summary>
    public string ArchiveId { get; private set; } = "";

    /// <summary>Makes all but the catalog.</summary>
    /// <returns>The settings of the service: Keystone and an application credential.</returns>
    public async Task<IReadOnlyDictionary<string, string>> RunAsync(string keystone, CancellationToken cancellationToken)
    {
        await api.LogInAsync(new Account("admin", KeystoneServer.AdminPassword, "admin"), cancellationToken);
        await api.CreateAsync("roles", "role", new() { ["name"] = "service" }, cancellationToken);
        await api.CreateAsync("roles", "role", new() { ["name"] = "swiftoperator" }, cancellationToken);
        DemoId = await ProjectAsync("demo", cancellationToken);
        OtherId = await ProjectAsync("other", cancellationToken);
        ArchiveId = await ProjectAsync("archive", cancellationToken);
        var serviceProject = await ProjectAsync("service", cancellationToken);
        await UserAsync(Cloud.Member, DemoId, "member", cancellationToken);
        await UserAsync(Cloud.Reader, DemoId, "reader", cancellationToken);
        await UserAsync(Cloud.Stranger, DemoId, "swiftoperator", cancellationToken);
        await UserAsync(Cloud.Other, OtherId, "member", cancellationToken);
        await UserAsync(Cloud.Importer, ArchiveId, "admin", cancellationToken);
        var user = await UserAsync(Cloud.Service, serviceProject, "service", cancellationToken);
        using var own = new KeystoneApi(keystone);
        await own.LogInAsync(Cloud.Service, cancellationToken);
        var credential = await own.CreateAsync(
            $"users/{user}/application_credentials", "application_credential", new() { ["name"] = "vbs" }, cancellationToken);
        return new Dictionary<string, string>
        {
            ["Vbs__Keystone__Uri"] = keystone,
            ["Vbs__Keystone__ApplicationCredentialId"] = (string)credential["id"]!,
            ["Vbs__Keystone__ApplicationCredentialSecret"] = (string)credential["secret"]!,
            ["Vbs__Keystone__CacheSeconds"] = "1", // A revoked token is believed for so long.
            ["Vbs__Keystone__RefusalCacheSeconds"] = "0",
            ["Vbs__Keystone__TimeoutSeconds"] = "60", // Two cores may be busy with five Python programs.
        };
    }

    /// <summary>Puts the service into the catalog.</summary>
    public async Task AddCatalogAsync(string baseUrl, CancellationToken cancellationToken)
    {
        foreach (var (type, version) in Services)
        {
            var service = await api.CreateAsync("services", "service", new() { ["type"] = type, ["name"] = type }, cancellationToken);
            await api.CreateAsync("endpoints", "endpoint", new()
            {
                ["service_id"] = (string)service["id"]!,
                ["interface"] = "public",
                ["region_id"] = "RegionOne",
                ["url"] = $"{baseUrl}/{version}/$(project_id)s",
            }, cancellationToken);
        }
    }

    private async Task<string> ProjectAsync(string name, CancellationToken cancellationToken) =>
        (string)(await api.CreateAsync("projects", "project", new() { ["name"] = name, ["domain_id"] = "default" }, cancellationToken))["id"]!;

    /// <summary>Makes a user with one role in one project.</summary>
    /// <returns>The user's id.</returns>
    public async Task<string> UserAsync(Account account, string projectId, string role, CancellationToken cancellationToken)
    {
        var user = new JsonObject { ["name"] = account.User, ["password"] = account.Password, ["domain_id"] = "default" };
        var id = (string)(await api.CreateAsync("users", "user", user, cancellationToken))["id"]!;
        await api.GrantAsync(projectId, id, await api.FindAsync("roles", role, cancellationToken), cancellationToken);
        return id;
    }
}

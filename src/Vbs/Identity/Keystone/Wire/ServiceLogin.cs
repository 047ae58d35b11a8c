using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vbs.Identity.Keystone.Wire;

/// <summary>The body by which this service gets its token (OpenStack Identity API v3, Authentication and token management):
/// by application credential, which has its project in it, or by password, scoped to a project.</summary>
internal sealed class ServiceLogin(KeystoneOptions options)
{
    /// <summary>The JSON, in UTF-8. It holds a secret.</summary>
    public byte[] Body { get; } = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["auth"] = Auth(options) });

    private static JsonObject Auth(KeystoneOptions options) => options.ApplicationCredentialId is { Length: > 0 } id
        ? new()
        {
            ["identity"] = Identity("application_credential", new() { ["id"] = id, ["secret"] = options.ApplicationCredentialSecret }),
        }
        : new()
        {
            ["identity"] = Identity("password", new() { ["user"] = User(options) }),
            ["scope"] = new JsonObject { ["project"] = IdOrName(options.ProjectId, options.ProjectName, options) },
        };

    private static JsonObject Identity(string method, JsonObject proof) =>
        new() { ["methods"] = new JsonArray(method), [method] = proof };

    private static JsonObject User(KeystoneOptions options)
    {
        var user = IdOrName(options.UserId, options.UserName, options);
        user["password"] = options.Password;
        return user;
    }

    // A name is unique in its domain only.
    private static JsonObject IdOrName(string? id, string? name, KeystoneOptions options) => id is { Length: > 0 }
        ? new() { ["id"] = id }
        : new()
        {
            ["name"] = name,
            ["domain"] = options.DomainId is { Length: > 0 } domain ? new JsonObject { ["id"] = domain } : new JsonObject { ["name"] = options.DomainName },
        };
}

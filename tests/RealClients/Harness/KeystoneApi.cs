using System.Text;
using System.Text.Json.Nodes;

namespace RealClients.Harness;

/// <summary>The part of the Identity API v3 that sets a cloud up.</summary>
internal sealed class KeystoneApi(string uri) : IDisposable
{
    private readonly HttpClient http = new();

    /// <summary>Logs in; the calls below are made in that name.</summary>
    public async Task LogInAsync(Account account, CancellationToken cancellationToken)
    {
        http.DefaultRequestHeaders.Remove("X-Auth-Token");
        http.DefaultRequestHeaders.Add("X-Auth-Token", await IssueAsync(account, cancellationToken));
    }

    /// <summary>Gets a token.</summary>
    /// <param name="account">Whose; without a project, the token has none either.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<string> IssueAsync(Account account, CancellationToken cancellationToken)
    {
        var domain = new JsonObject { ["id"] = "default" };
        var user = new JsonObject { ["name"] = account.User, ["password"] = account.Password, ["domain"] = domain.DeepClone() };
        var auth = new JsonObject
        {
            ["identity"] = new JsonObject { ["methods"] = new JsonArray("password"), ["password"] = new JsonObject { ["user"] = user } },
            ["scope"] = account.Project is null
                ? "unscoped"
                : new JsonObject { ["project"] = new JsonObject { ["name"] = account.Project, ["domain"] = domain } },
        };
        using var answer = await http.PostAsync(new Uri($"{uri}/auth/tokens"), Json(new() { ["auth"] = auth }), cancellationToken);
        await ReadAsync(answer, cancellationToken);
        return answer.Headers.GetValues("X-Subject-Token").Single();
    }

    /// <summary>Makes something, such as <c>projects</c> with <c>{"project":{…}}</c>.</summary>
    /// <returns>What stands under the one key of the answer.</returns>
    public async Task<JsonNode> CreateAsync(string path, string key, JsonObject value, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsync(new Uri($"{uri}/{path}"), Json(new() { [key] = value }), cancellationToken);
        return (await ReadAsync(answer, cancellationToken))[key]!;
    }

    /// <summary>The id of the one thing of that name.</summary>
    public async Task<string> FindAsync(string kind, string name, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(new Uri($"{uri}/{kind}?name={name}"), cancellationToken);
        return (string)(await ReadAsync(answer, cancellationToken))[kind]!.AsArray().Single()!["id"]!;
    }

    /// <summary>Gives a user a role in a project.</summary>
    public async Task GrantAsync(string projectId, string userId, string roleId, CancellationToken cancellationToken)
    {
        using var answer = await http.PutAsync(new Uri($"{uri}/projects/{projectId}/users/{userId}/roles/{roleId}"), content: null, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Revokes a token.</summary>
    public async Task RevokeAsync(string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{uri}/auth/tokens") { Headers = { { "X-Subject-Token", token } } };
        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Disables a user.</summary>
    public async Task DisableAsync(string userId, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["user"] = new JsonObject { ["enabled"] = false } };
        using var answer = await http.PatchAsync(new Uri($"{uri}/users/{userId}"), Json(body), cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    // With its length: the server that Keystone brings along reads no chunks.
    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{answer.RequestMessage?.RequestUri}: {text}");
    }
}

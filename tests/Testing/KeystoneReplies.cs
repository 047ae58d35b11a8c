using System.Globalization;

namespace Testing;

/// <summary>Documents of tokens as Keystone v3 writes them (OpenStack Identity API v3), without catalog.</summary>
public static class KeystoneReplies
{
    /// <summary>The project of the documents.</summary>
    public const string Project = "5751d8c3f2f6415993ee4326b41630ec";

    /// <summary>The user of the documents.</summary>
    public const string User = "7e5e9a2b1c8d4f60a3b1c5d7e9f01234";

    /// <summary>A token that is scoped to <see cref="Project"/>.</summary>
    public static string Document(DateTimeOffset expiresAt, params string[] roles) =>
        DocumentOf(expiresAt, $"\"project\":{{\"domain\":{{\"id\":\"default\",\"name\":\"Default\"}},\"id\":\"{Project}\",\"name\":\"demo\"}}", roles);

    /// <summary>A token with any scope.</summary>
    /// <param name="expiresAt">When it ends.</param>
    /// <param name="scope">A member of the document, such as <c>"domain":{…}</c>.</param>
    /// <param name="roles">Names of roles.</param>
    public static string DocumentOf(DateTimeOffset expiresAt, string scope, params string[] roles)
    {
        var list = string.Join(',', roles.Select(role => $$"""{"id":"9fe2ff9ee4384b1894a90878d3e92bab","name":"{{role}}"}"""));
        return $$$"""
            {"token":{"methods":["password"],"user":{"domain":{"id":"default","name":"Default"},"id":"{{{User}}}","name":"alice","password_expires_at":null},
            "audit_ids":["3T2dc1CGQxyJsHdDu1xkcw"],"expires_at":"{{{expiresAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)}}}",
            "issued_at":"2026-01-01T00:00:00.000000Z",{{{scope}}},"is_domain":false,"roles":[{{{list}}}]}}
            """;
    }

    /// <summary>The answer to a question about a valid token.</summary>
    public static Task<string?> Shown(DateTimeOffset expiresAt, params string[] roles) =>
        Task.FromResult<string?>(FakeKeystone.Reply(200, Document(expiresAt, roles), "Content-Type: application/json"));

    /// <summary>The answer to a login.</summary>
    public static Task<string?> Issued(string token, DateTimeOffset expiresAt) =>
        Task.FromResult<string?>(FakeKeystone.Reply(201, Document(expiresAt, "service"), $"X-Subject-Token: {token}", "Content-Type: application/json"));
}

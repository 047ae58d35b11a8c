using System.Text.Json;
using Vbs.Restores;

namespace Vbs.Identity.Keystone.Wire;

/// <summary>What Keystone's document of a token says.</summary>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="Caller">Who has it, in which project; null for a token without a project: unscoped, or of a domain or the system.</param>
internal sealed record TokenDocument(DateTimeOffset ExpiresAt, Caller? Caller)
{
    private static readonly JsonSerializerOptions Reading = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Reads the document; what it does not need, it passes over.</summary>
    /// <returns>Null when it is not one: no JSON, or without expiry or user, or of a project that no OpenStack has.</returns>
    public static TokenDocument? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<Envelope>(json, Reading)?.Token is { ExpiresAt: { } expiresAt, User.Id.Length: > 0 } token
                ? Read(token, expiresAt)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TokenDocument? Read(Body token, DateTimeOffset expiresAt)
    {
        if (token.Project is null)
        {
            return new(expiresAt, null);
        }

        var roles = token.Roles?.Select(role => role?.Name).OfType<string>() ?? [];
        return ProjectId.TryParse(token.Project.Id, null, out var project)
            ? new(expiresAt, new Caller(project, token.User!.Id!, roles))
            : null;
    }

    private sealed record Envelope(Body? Token);

    private sealed record Body(DateTimeOffset? ExpiresAt, Named? User, Named? Project, IReadOnlyList<Named?>? Roles);

    private sealed record Named(string? Id, string? Name);
}

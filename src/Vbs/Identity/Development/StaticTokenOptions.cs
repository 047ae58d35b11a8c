using System.Diagnostics.CodeAnalysis;

namespace Vbs.Identity.Development;

/// <summary>A token for development, and who it stands for: <c>Vbs:Identity:StaticTokens:n</c>. All are required.</summary>
public sealed class StaticTokenOptions
{
    /// <summary>What a client sends as <c>X-Auth-Token</c>; white space around it does not count.</summary>
    public string Token { get; set; } = "";

    /// <summary>The project that it is scoped to: 1 to 64 of <c>0-9a-f-</c>.</summary>
    public string ProjectId { get; set; } = "";

    /// <summary>The user that it stands for.</summary>
    public string UserId { get; set; } = "";

    /// <summary>The user's roles in the project, at least one: <c>reader</c>, <c>member</c>, <c>admin</c>. As <c>member,reader</c> or as an array.</summary>
    [SuppressMessage("Usage", "CA2227", Justification = "Configuration sets it: a text with commas becomes a new list.")]
    public RoleList Roles { get; set; } = [];
}

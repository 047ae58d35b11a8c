using System.Collections.ObjectModel;
using Vbs.Identity.Development;

namespace Vbs.Identity;

/// <summary>Who may call: section <c>Vbs:Identity</c>.</summary>
public sealed class IdentityOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vbs:Identity";

    /// <summary>Tokens for development, checked without Keystone. Refused at start outside the environment <c>Development</c>. Default none.</summary>
    public Collection<StaticTokenOptions> StaticTokens { get; } = [];
}

using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Vbs.Restores;

/// <summary>An OpenStack project (tenant): 1 to 64 of lower-case hex digits and dashes.</summary>
/// <remarks>The alphabet is Cinder's route pattern <c>[0-9a-f\-]+</c> (cinder/api/openstack/__init__.py), so an id is
/// always a legal table key and blob path segment. 64 is our bound; Keystone's ids are 32.</remarks>
[JsonConverter(typeof(IdJsonConverter<ProjectId>))]
public readonly record struct ProjectId : IParsable<ProjectId>
{
    private const int MaxLength = 64;
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("0123456789abcdef-");
    private readonly string? value;

    private ProjectId(string value) => this.value = value;

    /// <summary>Reads an id as it stands in a path or a token.</summary>
    /// <exception cref="FormatException">Empty, longer than 64, or a character outside the alphabet.</exception>
    public static ProjectId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A project id is 1 to 64 of 0-9, a-f and '-'.");

    /// <summary>Reads an id; false where <see cref="Parse"/> throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ProjectId result)
    {
        var legal = s is { Length: > 0 and <= MaxLength } && !s.AsSpan().ContainsAnyExcept(Alphabet);
        result = legal ? new ProjectId(s!) : default;
        return legal;
    }

    /// <summary>The id as it stands in paths, keys and JSON; empty for <c>default</c>.</summary>
    public override string ToString() => value ?? "";
}

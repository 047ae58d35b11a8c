using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Vbs.Restores;

/// <summary>A volume (disk), as Cinder names it: a dashed UUID.</summary>
[JsonConverter(typeof(IdJsonConverter<VolumeId>))]
public readonly record struct VolumeId(Guid Value) : IParsable<VolumeId>
{
    /// <summary>Reads a dashed UUID, in any case.</summary>
    /// <exception cref="FormatException">Anything else.</exception>
    public static VolumeId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A volume id is a dashed UUID.");

    /// <summary>Reads an id; false where <see cref="Parse"/> throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out VolumeId result)
    {
        // Guid takes white space and signs too; an id that is written back differently is not one.
        var legal = Guid.TryParseExact(s, "D", out var value) && value.ToString("D").Equals(s, StringComparison.OrdinalIgnoreCase);
        result = new VolumeId(value);
        return legal;
    }

    /// <summary>The dashed form in lower case, as it stands in paths, keys and JSON.</summary>
    public override string ToString() => Value.ToString("D");
}

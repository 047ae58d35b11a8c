using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Vbs.Restores;

/// <summary>A backup, as Cinder names it: a dashed UUID.</summary>
[JsonConverter(typeof(IdJsonConverter<BackupId>))]
public readonly record struct BackupId(Guid Value) : IParsable<BackupId>
{
    /// <summary>Reads a dashed UUID, in any case.</summary>
    /// <exception cref="FormatException">Anything else.</exception>
    public static BackupId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A backup id is a dashed UUID.");

    /// <summary>Reads an id; false where <see cref="Parse"/> throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BackupId result)
    {
        // Guid takes white space and signs too; an id that is written back differently is not one.
        var legal = Guid.TryParseExact(s, "D", out var value) && value.ToString("D").Equals(s, StringComparison.OrdinalIgnoreCase);
        result = new BackupId(value);
        return legal;
    }

    /// <summary>The dashed form in lower case, as it stands in paths, keys and JSON.</summary>
    public override string ToString() => Value.ToString("D");
}

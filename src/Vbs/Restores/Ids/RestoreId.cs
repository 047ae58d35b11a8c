using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Vbs.Restores;

/// <summary>A restore: the job id of the API (32 hex digits), the orchestration's instance id and the id of the lease on the volume.</summary>
[JsonConverter(typeof(IdJsonConverter<RestoreId>))]
public readonly record struct RestoreId(Guid Value) : IParsable<RestoreId>
{
    /// <summary>Reads 32 hex digits, in any case.</summary>
    /// <exception cref="FormatException">Anything else.</exception>
    public static RestoreId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A restore id is 32 hex digits.");

    /// <summary>Reads an id; false where <see cref="Parse"/> throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RestoreId result)
    {
        // Guid takes white space and signs too; an id that is written back differently is not one.
        var legal = Guid.TryParseExact(s, "N", out var value) && value.ToString("N").Equals(s, StringComparison.OrdinalIgnoreCase);
        result = new RestoreId(value);
        return legal;
    }

    /// <summary>32 lower-case hex digits: the form of a VBS job id (api-ref, querying_the_job_status).</summary>
    public override string ToString() => Value.ToString("N");
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LocalRuntime.Durable.History;

/// <summary>One step of an orchestration: what arrived, and what its code decided on it. The journal has it whole or not at all.</summary>
/// <param name="At">The orchestration's time during the step, UTC.</param>
/// <param name="Arrivals">In the order in which the code saw them; not empty.</param>
/// <param name="Decisions">In the order of asking.</param>
internal sealed record Episode(DateTimeOffset At, IReadOnlyList<Arrival> Arrivals, IReadOnlyList<Decision> Decisions)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Payloads are JSON inside JSON: the default encoder would spend six bytes on each of their quotes.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The step as UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>A step from UTF-8 JSON.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static Episode FromJson(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<Episode>(json, Json)!;
}

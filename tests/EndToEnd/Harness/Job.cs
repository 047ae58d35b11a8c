using System.Text.Json.Nodes;

namespace EndToEnd.Harness;

/// <summary>A job as the service shows it.</summary>
public sealed class Job(JsonNode body)
{
    /// <summary>INIT, RUNNING, SUCCESS or FAIL.</summary>
    public string Status => (string)body["status"]!;

    /// <summary>Whether it says no more than this.</summary>
    public bool HasEnded => Status is "SUCCESS" or "FAIL";

    /// <summary>The VBS code of a failure.</summary>
    public string? ErrorCode => (string?)body["error_code"];

    /// <summary>The sentence of a failure.</summary>
    public string? FailReason => (string?)body["fail_reason"];

    /// <summary>Percent, "0" to "100".</summary>
    public string? Progress => (string?)body["entities"]?["progress"];

    /// <inheritdoc/>
    public override string ToString() => body.ToJsonString();
}

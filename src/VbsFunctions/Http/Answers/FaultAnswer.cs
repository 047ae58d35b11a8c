using System.Text.Json;

namespace VbsFunctions.Http.Answers;

/// <summary>Writes every fault of the service.</summary>
internal static class FaultAnswer
{
    private const string ProblemJson = "application/problem+json";

    /// <summary>OpenStack's form, or RFC 9457's for a client that asks for it by name: python-cinderclient fails on any body
    /// whose first key is not an object (cinderclient/exceptions.py, from_response).</summary>
    public static Answer Of(Fault fault, bool asProblem) => asProblem
        ? new(fault.Status, json => WriteProblem(json, fault)) { Headers = fault.Headers, ErrorCode = fault.ErrorCode, ContentType = ProblemJson }
        : new(fault.Status, json => Write(json, fault)) { Headers = fault.Headers, ErrorCode = fault.ErrorCode };

    // Extra keys stand inside the fault's object, where all clients pass over them.
    private static void Write(Utf8JsonWriter json, Fault fault)
    {
        json.WriteStartObject();
        json.WriteStartObject(fault.Key);
        json.WriteNumber("code", fault.Status);
        json.WriteString("message", fault.Message);
        WriteErrorCode(json, fault);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteProblem(Utf8JsonWriter json, Fault fault)
    {
        json.WriteStartObject();
        json.WriteString("title", fault.Key);
        json.WriteNumber("status", fault.Status);
        json.WriteString("detail", fault.Message);
        WriteErrorCode(json, fault);
        json.WriteEndObject();
    }

    private static void WriteErrorCode(Utf8JsonWriter json, Fault fault)
    {
        if (fault.ErrorCode is not null)
        {
            json.WriteString("error_code", fault.ErrorCode);
        }
    }
}

using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace VbsFunctions.Http.Answers;

/// <summary>Writes every fault of the service.</summary>
internal static class FaultAnswer
{
    private const string ProblemJson = "application/problem+json";

    /// <summary>The fault in the form that belongs to the call.</summary>
    public static Answer Of(Fault fault, FaultForm form) => form switch
    {
        FaultForm.OpenStack => new(fault.Status, json => Write(json, fault)) { Headers = fault.Headers, ErrorCode = fault.ErrorCode },
        FaultForm.Problem => new(fault.Status, json => WriteProblem(json, fault)) { Headers = fault.Headers, ErrorCode = fault.ErrorCode, ContentType = ProblemJson },
        FaultForm.Vendor => new(fault.Status, json => WriteVendor(json, fault)) { Headers = fault.Headers, ErrorCode = fault.ErrorCode },
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "No such form of a fault."),
    };

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

    private static void WriteVendor(Utf8JsonWriter json, Fault fault)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("code", fault.ErrorCode ?? VendorCode(fault.Status));
        json.WriteString("message", fault.Message);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // VBS gives every fault a code; where a fault has none of its own, the nearest of its table (api-ref, appendix/error_codes).
    private static string VendorCode(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "VolumeBackup.0044", // "User rights are invalid"
        StatusCodes.Status409Conflict => "VolumeBackup.0014", // "Failed to submit the task"
        >= StatusCodes.Status500InternalServerError => "VolumeBackup.0900", // "The service is unavailable"
        _ => "VolumeBackup.0210", // "The format of the disk restoration request is incorrect"
    };

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

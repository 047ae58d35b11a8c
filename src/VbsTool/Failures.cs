using Azure;
using Azure.Identity;
using Microsoft.Extensions.Options;
using Vbs.Restores;

namespace VbsTool;

/// <summary>Turns what ended a command into one sentence, without a stack trace.</summary>
internal static class Failures
{
    /// <summary>What a person can do something about comes first; anything else is named by its type.</summary>
    public static string Describe(Exception failure) => failure switch
    {
        ToolException or RestoreFaultException or FormatException or InvalidDataException => failure.Message,
        OptionsValidationException settings => string.Join(" ", settings.Failures),
        RequestFailedException { Status: 0 } => $"Storage cannot be reached: {FirstLine(failure.GetBaseException())}",
        RequestFailedException { Status: 412 } => "It changed while it was being read: try again.",
        RequestFailedException answer => $"Storage refused with {answer.Status} {answer.ErrorCode}: {FirstLine(answer)}",
        // The storage clients gather the failures of all their tries.
        AggregateException { InnerExceptions: [.., var last] } => Describe(last),
        AuthenticationFailedException => $"Signing in to Azure failed: {FirstLine(failure)}",
        IOException or UnauthorizedAccessException => FirstLine(failure),
        _ => $"Unexpected {failure.GetType().Name}: {FirstLine(failure)}",
    };

    private static string FirstLine(Exception failure) => failure.Message.Split('\n', 2)[0].TrimEnd();
}

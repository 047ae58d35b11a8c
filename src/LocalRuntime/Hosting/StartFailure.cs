using Azure;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace LocalRuntime.Hosting;

/// <summary>Tells the failures of a start that its developer can mend from defects.</summary>
internal static class StartFailure
{
    /// <summary>One sentence for a person, or null when the failure is a defect whose stack trace is wanted.</summary>
    public static string? Sentence(Exception failure) => failure switch
    {
        StartException => failure.Message,
        OptionsValidationException invalid => string.Join(' ', invalid.Failures),
        IOException { InnerException: AddressInUseException } => $"{failure.Message} Stop what listens there, or choose another with --urls.",
        RequestFailedException refused => $"The storage account refused or did not answer: {FirstLine(refused.Message)}",
        AggregateException many when many.InnerExceptions.Select(Sentence).ToList() is var all && !all.Contains(null) => string.Join(' ', all.Distinct()),
        _ => null,
    };

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();
}

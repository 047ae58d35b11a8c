using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using Vbs.Restores;

namespace VbsTool;

/// <summary>Arguments and options that several commands have, parsed to the domain's types.</summary>
internal static class Arguments
{
    /// <summary><c>--project</c>, without which a volume cannot be found.</summary>
    public static Option<ProjectId> Project() => new("--project")
    {
        Description = "The project that owns the volume.",
        HelpName = "ID",
        Required = true,
        CustomParser = ParseId<ProjectId>,
    };

    /// <summary>The volume a command reads.</summary>
    public static Argument<VolumeId> Volume() => new("ID")
    {
        Description = "The volume.",
        CustomParser = ParseId<VolumeId>,
    };

    /// <summary>Reads the one token of an id; its parser's own sentence says what is wrong with it.</summary>
    public static TId ParseId<TId>(ArgumentResult result)
        where TId : struct, IParsable<TId>
    {
        try
        {
            return TId.Parse(result.Tokens[0].Value, null);
        }
        catch (FormatException mistake)
        {
            result.AddError($"'{result.Tokens[0].Value}': {mistake.Message}");
            return default;
        }
    }

    /// <summary>As <see cref="ParseId{TId}"/>, for an option that may be missing.</summary>
    public static TId? ParseOptionalId<TId>(ArgumentResult result)
        where TId : struct, IParsable<TId> => ParseId<TId>(result);

    /// <summary>Reads a whole number within bounds.</summary>
    public static Func<ArgumentResult, T> ParseNumber<T>(T least, T most)
        where T : struct, IBinaryInteger<T> => result =>
    {
        if (T.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError($"'{result.Tokens[0].Value}': {result.Argument.Name} is a whole number from {least} to {most}.");
        return default;
    };
}

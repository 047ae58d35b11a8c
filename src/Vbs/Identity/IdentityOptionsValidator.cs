using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Vbs.Identity.Development;
using Vbs.Restores;

namespace Vbs.Identity;

/// <summary>Refuses static tokens that are incomplete, ambiguous, or in the wrong place. Never repeats a token.</summary>
/// <param name="environment">Where the process runs; a process that has none is not in development.</param>
internal sealed class IdentityOptionsValidator(IHostEnvironment? environment = null) : IValidateOptions<IdentityOptions>
{
    private const string Section = $"{IdentityOptions.Section}:{nameof(IdentityOptions.StaticTokens)}";

    public ValidateOptionsResult Validate(string? name, IdentityOptions options)
    {
        var errors = new List<string>();
        if (options.StaticTokens.Count > 0 && environment?.IsDevelopment() is not true)
        {
            errors.Add($"{Section} is for development only: remove it, or set the environment to Development. "
                + $"The environment is {environment?.EnvironmentName ?? "not known"}.");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, token) in options.StaticTokens.Index())
        {
            errors.AddRange(Check(token, $"{Section}:{index}"));
            if (!string.IsNullOrWhiteSpace(token.Token) && !seen.Add(token.Token.Trim()))
            {
                errors.Add($"{Section}:{index}:Token is there twice: a token stands for one caller.");
            }
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Check(StaticTokenOptions token, string key)
    {
        if (string.IsNullOrWhiteSpace(token.Token))
        {
            yield return $"{key}:Token is empty: give the text that clients send as X-Auth-Token.";
        }

        if (!ProjectId.TryParse(token.ProjectId, null, out _))
        {
            yield return $"{key}:ProjectId is '{token.ProjectId}': a project id is 1 to 64 of 0-9, a-f and '-'.";
        }

        if (string.IsNullOrWhiteSpace(token.UserId))
        {
            yield return $"{key}:UserId is empty: give the user that the token stands for.";
        }

        if (token.Roles.All(string.IsNullOrWhiteSpace))
        {
            yield return $"{key}:Roles is empty: give at least one of reader, member, admin, separated by commas.";
        }
    }
}

using System.Globalization;
using Vbs.Restores;

namespace Vbs.Benchmarks.Serving;

/// <summary>The projects of a benchmark, and their tokens. Many: the emulator looks through all rows of a project for each of them (its table has an
/// index for the partition, and none for both keys).</summary>
internal static class ProjectTokens
{
    /// <summary>How many there are.</summary>
    public const int Count = 256;

    /// <summary>The tokens, as settings of the service.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Settings => Enumerable.Range(0, Count).SelectMany(number =>
        new Dictionary<string, string>
        {
            [Key(number, "Token")] = Token(number),
            [Key(number, "ProjectId")] = Project(number).ToString(),
            [Key(number, "UserId")] = "benchmark",
            [Key(number, "Roles")] = "member",
        });

    /// <summary>A project.</summary>
    public static ProjectId Project(int number) =>
        ProjectId.Parse((number % Count).ToString("x32", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>The token of <see cref="Project"/>.</summary>
    public static string Token(int number) => $"benchmark-token-{number % Count}";

    private static string Key(int number, string name) => $"Vbs__Identity__StaticTokens__{number}__{name}";
}

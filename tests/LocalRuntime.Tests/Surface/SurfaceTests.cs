using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Tests.Surface;

public sealed class SurfaceTests
{
    private static readonly HashSet<string> Real = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Surface", "functions-api.txt"))];

    // DurableTask.Core comes along with the packages of the list and is not in it.
    public static TheoryData<string> Types =>
    [
        .. typeof(FunctionAttribute).Assembly.GetExportedTypes()
            .Where(type => !type.Namespace!.StartsWith("DurableTask.Core", StringComparison.Ordinal))
            .Select(type => type.FullName!)
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_public_member_is_one_of_the_real_packages(string type)
    {
        var own = ApiNotation.LinesOf(typeof(FunctionAttribute).Assembly.GetType(type, throwOnError: true)!).ToList();

        Assert.NotEmpty(own);
        Assert.Empty(own.Except(Real));
    }

    [Theory]
    [InlineData("System.Void Strange(System.String? name = null, params System.Int32[] rest)")]
    [InlineData("System.Boolean Odd { get; }")]
    [InlineData("abstract class")]
    public void A_member_that_the_real_packages_lack_is_noticed(string member) =>
        Assert.Contains(member, ApiNotation.LinesOf(typeof(Foreign)).Except(Real).Select(line => line.Split(" | ")[1]));

    private abstract class Foreign
    {
        public bool Odd { get; }

        public void Strange(string? name = null, params int[] rest) => Assert.True(Odd, $"{name}{rest}");
    }
}

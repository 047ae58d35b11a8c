using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using VbsFunctions.Http;

namespace VbsFunctions.Tests;

/// <summary>What the Functions host asks of an app and no compiler checks.</summary>
public sealed partial class FunctionsTests
{
    private static readonly Assembly App = typeof(Routes).Assembly;

    // Each package brings the host's half of the bindings in this namespace's attributes.
    private static readonly Dictionary<Type, string> Packages = new()
    {
        [typeof(HttpTriggerAttribute)] = "Microsoft.Azure.Functions.Worker.Extensions.Http",
        [typeof(TimerTriggerAttribute)] = "Microsoft.Azure.Functions.Worker.Extensions.Timer",
        [typeof(OrchestrationTriggerAttribute)] = "Microsoft.Azure.Functions.Worker.Extensions.DurableTask",
        [typeof(ActivityTriggerAttribute)] = "Microsoft.Azure.Functions.Worker.Extensions.DurableTask",
        [typeof(DurableClientAttribute)] = "Microsoft.Azure.Functions.Worker.Extensions.DurableTask",
    };

    // FunctionNameValidationRegex in azure-functions-host (Utility.cs): the host refuses any other.
    [Fact]
    public void A_name_is_one_that_the_host_takes() => Assert.All(Functions(), function => Assert.Matches(FunctionName(), function.Name));

    [Fact]
    public void No_two_functions_have_one_name() =>
        Assert.DoesNotContain(Functions().CountBy(function => function.Name, StringComparer.OrdinalIgnoreCase), count => count.Value > 1);

    [Fact]
    public void A_function_has_one_trigger() => Assert.All(
        Functions(), function => Assert.Single(Bindings(function.Method), binding => binding is TriggerBindingAttribute));

    [Fact]
    public void A_binding_is_of_an_extension_that_is_referenced()
    {
        var project = File.ReadAllText(Path.Combine(SourceFolder(), "../../src/VbsFunctions/VbsFunctions.csproj"));

        Assert.All(
            Functions().SelectMany(function => Bindings(function.Method)),
            binding => Assert.Contains($"<PackageReference Include=\"{Packages[binding.GetType()]}\" />", project, StringComparison.Ordinal));
    }

    // LocalRuntime's own tests hold every type that it declares under these names to the packages; so the app compiles with the packages
    // as long as it takes no other type of it. DurableTask.Core comes along with Microsoft.DurableTask.Abstractions.
    [Fact]
    public void The_app_takes_no_type_of_the_local_runtime_that_the_packages_lack()
    {
        var types = TypesOf("LocalRuntime").ToList();

        Assert.Contains("Microsoft.Azure.Functions.Worker.FunctionAttribute", types);
        Assert.All(types, type => Assert.Matches(@"^(Microsoft\.(Azure\.Functions\.Worker|DurableTask|Extensions\.Hosting)|DurableTask\.Core)\b", type));
    }

    // The host asks its functions in the order of their names and takes the first whose route and method match.
    [Fact]
    public void No_function_is_hidden_by_one_that_is_asked_before_it()
    {
        var asked = Functions().OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
            .SelectMany(function => Bindings(function.Method).OfType<HttpTriggerAttribute>(), (function, http) => (function.Name, Http: http))
            .ToList();

        var hidden =
            from first in asked.Index()
            from second in asked.Skip(first.Index + 1)
            where Hides(first.Item.Http, second.Http)
            select $"{second.Name} by {first.Item.Name}";

        Assert.NotEmpty(asked);
        Assert.Empty(hidden);
    }

    [Theory]
    [InlineData("v3/{p}/backups/{b}", "v3/{p}/backups/detail", true)]
    [InlineData("v3/{p}/backups/detail", "v3/{p}/backups/{b}", false)]
    [InlineData("v3/{p}/backups/{b}", "v3/{p}/volumes/detail", false)]
    [InlineData("{*path}", "health", true)]
    public void A_hidden_route_would_be_noticed(string first, string second, bool hides) => Assert.Equal(
        hides, Hides(new HttpTriggerAttribute("get") { Route = first }, new HttpTriggerAttribute("get", "post") { Route = second }));

    private static bool Hides(HttpTriggerAttribute first, HttpTriggerAttribute second) =>
        first.Route != second.Route
        && (first.Methods ?? second.Methods ?? [""]).Intersect(second.Methods ?? first.Methods ?? [""], StringComparer.OrdinalIgnoreCase).Any()
        && Covers(first.Route!.Split('/'), second.Route!.Split('/'));

    private static bool Covers(string[] first, string[] second) => first[0].StartsWith("{*", StringComparison.Ordinal)
        || (first.Length == second.Length && first.Zip(second).All(pair =>
            pair.First.StartsWith('{') || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase)));

    private static List<(string Name, MethodInfo Method)> Functions() =>
    [
        .. from type in App.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           select (function.Name, method),
    ];

    private static IEnumerable<BindingAttribute> Bindings(MethodInfo method) =>
        method.GetParameters().SelectMany(parameter => parameter.GetCustomAttributes<BindingAttribute>());

    private static IEnumerable<string> TypesOf(string assembly)
    {
        using var file = new PEReader(File.OpenRead(App.Location));
        var metadata = file.GetMetadataReader();
        return
        [
            .. from handle in metadata.TypeReferences
               let type = metadata.GetTypeReference(handle)
               where type.ResolutionScope.Kind == HandleKind.AssemblyReference
               let scope = metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope)
               where metadata.GetString(scope.Name) == assembly
               select $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}",
        ];
    }

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"^(?!host\z)[a-z][a-z0-9_-]{0,127}\z", RegexOptions.IgnoreCase)]
    private static partial Regex FunctionName();
}

using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Infra;

/// <summary>infra/main.bicep as the compiler makes it: the ARM template, and what two deployments of it would put into a subscription.</summary>
/// <remarks>A deployment is the compiler's own prediction, made without a subscription: what only Azure knows, such as the client id of
/// an identity, stays an expression in it.</remarks>
public sealed class Templates : IAsyncLifetime
{
    private const string Everything = """
        using 'main.bicep'
        param environmentName = 'everything'
        param location = 'westeurope'
        param keystoneUri = 'https://keystone.example.com:5000'
        param keystoneApplicationCredentialId = 'credential'
        param durableBackend = 'scheduler'
        param privateNetwork = true
        param developerPrincipalId = '33333333-3333-3333-3333-333333333333'
        param alertEmail = 'operator@example.com'
        param alwaysReady = [{ name: 'http', instanceCount: 1 }, { name: 'durable', instanceCount: 2 }]
        param settings = { Vbs__Restore__SegmentsAtOnce: '8' }
        """;

    private static readonly string Compiler =
        typeof(Templates).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Bicep").Value!;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vbs-infra-");
    private JsonNode? arm;
    private Deployment? sample;
    private Deployment? everything;

    /// <summary>The compiled template, its modules nested in it.</summary>
    public JsonNode Arm => Made(arm);

    /// <summary>What infra/main.bicepparam deploys when no more is set than it requires.</summary>
    public Deployment Sample => Made(sample);

    /// <summary>What is deployed when every option is taken.</summary>
    public Deployment WithEverything => Made(everything);

    private static bool CanCompile => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    public async ValueTask InitializeAsync()
    {
        if (!CanCompile)
        {
            return;
        }

        var infra = Path.Combine(folder.FullName, "infra");
        foreach (var file in Directory.GetFiles(Repository.PathOf("infra"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(infra, Path.GetRelativePath(Repository.PathOf("infra"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.Copy(Repository.PathOf("local.settings.sample.json"), Path.Combine(folder.FullName, "local.settings.sample.json"));
        await File.WriteAllTextAsync(Path.Combine(infra, "everything.bicepparam"), Everything);
        arm = JsonNode.Parse(await RunAsync("build", Path.Combine(infra, "main.bicep"), "--stdout"));
        sample = await PredictAsync(Path.Combine(infra, "main"));
        everything = await PredictAsync(Path.Combine(infra, "everything"));
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<Deployment> PredictAsync(string file)
    {
        await RunAsync(
            "snapshot", $"{file}.bicepparam", "--mode", "overwrite", "--location", "westeurope",
            "--subscription-id", "11111111-1111-1111-1111-111111111111", "--tenant-id", "22222222-2222-2222-2222-222222222222");
        return new Deployment(JsonNode.Parse(await File.ReadAllTextAsync($"{file}.snapshot.json"))!);
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Compiler, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KEYSTONE_URI"] = "https://keystone.example.com:5000";
        start.Environment["KEYSTONE_APPLICATION_CREDENTIAL_ID"] = "credential";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"bicep {arguments[0]}: {errors}");
    }

    private static T Made<T>(T? made)
        where T : class
    {
        Assert.SkipUnless(CanCompile, "The Bicep compiler that the tests restore is the one for Linux on x64.");
        return made!;
    }
}

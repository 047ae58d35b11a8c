using System.Text.Json.Nodes;

namespace RealClients.Harness;

/// <summary>OpenStack's own programs in the hands of one user.</summary>
internal sealed class Client(Cloud cloud, Account account)
{
    /// <summary>Runs <c>openstack</c>.</summary>
    public Task<ProgramResult> OpenStackAsync(params string[] arguments) => RunAsync(Software.OpenStack, arguments);

    /// <summary>Runs <c>openstack … -f json</c>, which must succeed.</summary>
    public async Task<JsonNode> OpenStackJsonAsync(params string[] arguments) =>
        JsonNode.Parse((await OpenStackAsync([.. arguments, "-f", "json"])).Succeeded())!;

    /// <summary>Runs <c>cinder</c> on the catalog's <c>volumev3</c>.</summary>
    public Task<ProgramResult> CinderAsync(params string[] arguments) => RunAsync(Software.Cinder, arguments);

    /// <summary>Runs <c>cinder</c>, which must succeed and print a table of properties.</summary>
    public async Task<IReadOnlyDictionary<string, string>> CinderTableAsync(params string[] arguments) =>
        PrettyTable.Read((await CinderAsync(arguments)).Succeeded()).ToDictionary(row => row[0], row => row.ElementAtOrDefault(1) ?? "");

    /// <summary>Runs one of the scripts beside these tests, which must succeed and print JSON.</summary>
    public async Task<JsonNode> ScriptAsync(string name, params string[] arguments) =>
        JsonNode.Parse((await RunAsync(Software.Python, [Path.Combine(AppContext.BaseDirectory, "Scripts", name), .. arguments])).Succeeded())!;

    private Task<ProgramResult> RunAsync(string program, string[] arguments) =>
        CommandLine.RunAsync(program, arguments, account.Environment(cloud.KeystoneUri), TestContext.Current.CancellationToken);
}

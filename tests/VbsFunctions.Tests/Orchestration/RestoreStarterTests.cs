using Vbs.Restores;
using VbsFunctions.Orchestration;
using VbsFunctions.Tests.Contract;

namespace VbsFunctions.Tests.Orchestration;

[Collection(nameof(RunningAppGroup))]
public sealed class RestoreStarterTests(RunningApp app)
{
    private static readonly ProjectId Project = ProjectId.Parse("5751d8c3f2f6415993ee4326b41630ec");
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restore_is_alive_from_its_start_to_its_end_and_starting_it_twice_is_harmless()
    {
        using var http = new HttpClient();
        await http.GetAsync(new Uri($"{app.BaseUrl}/{StarterFunctions.ClientRoute}"), Stop);
        var client = await StarterFunctions.Client;
        var input = new RestoreInput(Project, RestoreId.Parse("00000000000000000000000000000001"));

        Assert.False(await RestoreStarter.IsAliveAsync(client, input.RestoreId, Stop));

        await RestoreStarter.StartAsync(client, nameof(StarterFunctions.LiveUntilTold), input, Stop);
        Assert.True(await RestoreStarter.IsAliveAsync(client, input.RestoreId, Stop));
        await RestoreStarter.StartAsync(client, nameof(StarterFunctions.LiveUntilTold), input, Stop);
        await client.WaitForInstanceStartAsync(input.RestoreId.ToString(), Stop);
        await RestoreStarter.StartAsync(client, nameof(StarterFunctions.LiveUntilTold), input, Stop);
        Assert.True(await RestoreStarter.IsAliveAsync(client, input.RestoreId, Stop));

        await client.RaiseEventAsync(input.RestoreId.ToString(), "end", "told", Stop);
        var ended = await client.WaitForInstanceCompletionAsync(input.RestoreId.ToString(), getInputsAndOutputs: true, Stop);
        Assert.Equal(input, ended.ReadInputAs<RestoreInput>());
        Assert.False(await RestoreStarter.IsAliveAsync(client, input.RestoreId, Stop));
    }
}

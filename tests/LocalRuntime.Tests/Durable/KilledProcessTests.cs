using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Azure.Data.Tables;
using LocalRuntime.Durable;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;
using Testing;

namespace LocalRuntime.Tests.Durable;

/// <summary>A real process, this one started again for a single test, is killed in the middle of an activity.</summary>
public sealed class KilledProcessTests(AzuriteFixture azurite)
{
    private const string ConnectionVariable = "KILLED_PROCESS_CONNECTION";
    private const string HubVariable = "KILLED_PROCESS_HUB";
    private const string PortVariable = "KILLED_PROCESS_PORT";

    // Whoever waited for the expiry would not be done today.
    private static readonly TimeSpan Lease = TimeSpan.FromDays(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_process_is_followed_at_once_and_its_orchestration_goes_on()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var hub = AzuriteFixture.UniqueName("Killed");
        using var child = StartChild(hub, ((IPEndPoint)listener.LocalEndpoint).Port);
        try
        {
            using var reached = await listener.AcceptTcpClientAsync(Cancellation);
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync(CancellationToken.None);
        }

        await using var engine = NewEngine(azurite.ConnectionString, hub, () => Task.CompletedTask);
        await engine.StartAsync(Cancellation);
        var ended = await engine.Client.WaitForInstanceCompletionAsync("one", getInputsAndOutputs: true, Cancellation);

        Assert.Equal("before after", ended.ReadOutputAs<string>());
    }

    [Fact(Explicit = true)]
    public async Task The_process_that_is_killed()
    {
        var connection = Environment.GetEnvironmentVariable(ConnectionVariable);
        Assert.SkipWhen(connection is null, "Runs only as the child of the other test.");
        await using var engine = NewEngine(connection, Environment.GetEnvironmentVariable(HubVariable)!, async () =>
        {
            using var parent = new TcpClient();
            await parent.ConnectAsync(IPAddress.Loopback, int.Parse(Environment.GetEnvironmentVariable(PortVariable)!, provider: null), Cancellation);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Cancellation);
        });
        await engine.StartAsync(Cancellation);

        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Two", new StartOrchestrationOptions("one"), Cancellation);
        await engine.Client.WaitForInstanceCompletionAsync("one", Cancellation);
    }

    private static DurableEngine NewEngine(string connection, string hub, Func<Task> between) => new(
        [Define.Orchestrator("Two", async context =>
            $"{await context.CallActivityAsync<string>("Echo", "before")} {await context.CallActivityAsync<string>("Last", "after")}")],
        [
            Define.Activity<string, string>("Echo", x => x),
            Define.Activity<string, string>("Last", async x =>
            {
                await between();
                return x;
            }),
        ],
        new TableServiceClient(connection),
        new DurableOptions { HubName = hub, LeaseDuration = Lease },
        TimeProvider.System,
        NullLoggerFactory.Instance);

    private Process StartChild(string hub, int port)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            ["--explicit", "only", "--filter-method", $"{typeof(KilledProcessTests).FullName}.{nameof(The_process_that_is_killed)}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[ConnectionVariable] = azurite.ConnectionString;
        start.Environment[HubVariable] = hub;
        start.Environment[PortVariable] = port.ToString(provider: null);
        var child = Process.Start(start)!;
        child.OutputDataReceived += (_, _) => { };
        child.ErrorDataReceived += (_, _) => { };
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        return child;
    }
}

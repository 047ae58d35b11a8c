using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EndToEnd.Harness;

/// <summary>A service of our own, which can be killed and started again on the same storage.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReadyPoll = TimeSpan.FromMilliseconds(50);
    private readonly ConcurrentQueue<string> said = new();
    private readonly HttpClient http = new();
    private readonly IReadOnlyDictionary<string, string> settings;
    private Process? process;

    /// <summary>Chooses the address and the credentials of a service; it is not started.</summary>
    /// <param name="storage">Connection string of the account for everything.</param>
    /// <param name="settings">Settings besides, as environment variables.</param>
    public ServiceProcess(string storage, IReadOnlyDictionary<string, string>? settings = null)
    {
        this.settings = settings ?? new Dictionary<string, string>();

        // The static token's project: any legal id will do.
        Access = new ServiceAccess($"http://127.0.0.1:{FreePort()}", storage, "end-to-end-token", "e2e00000000000000000000000000e2e");
    }

    /// <summary>How to reach it while it runs.</summary>
    public ServiceAccess Access { get; }

    /// <summary>Starts it, and returns when it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        process = Programs.Start(Programs.Service!, ["--urls", Access.BaseUrl], new Dictionary<string, string>(settings)
        {
            ["AzureWebJobsStorage"] = Access.Storage,
            ["Vbs__Storage__ConnectionString"] = Access.Storage,
            ["Vbs__Identity__StaticTokens__0__Token"] = Access.Token,
            ["Vbs__Identity__StaticTokens__0__ProjectId"] = Access.ProjectId,
            ["Vbs__Identity__StaticTokens__0__UserId"] = "end-to-end",
            ["Vbs__Identity__StaticTokens__0__Roles"] = "member",
        });
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var timeout = new CancellationTokenSource(StartTimeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        while (!await IsReadyAsync(either.Token))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The service ended with {process.ExitCode}: {string.Join('\n', said)}");
            }

            await Task.Delay(ReadyPoll, TimeProvider.System, either.Token);
        }
    }

    /// <summary>Ends it as kill -9 does, in the middle of whatever it does.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        process = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (process is not null)
        {
            await KillAsync();
        }
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            var status = await http.GetStringAsync(new Uri($"{Access.BaseUrl}/admin/host/status"), cancellationToken);
            return status.Contains("\"Running\"", StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using LocalRuntime.Azurite;

namespace Vbs.Benchmarks.Serving;

/// <summary>The service as a process of its own, as <c>dotnet run</c> starts it, until it is disposed.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReadyPoll = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentQueue<string> said = new();
    private readonly Process process;
    private bool disposed;

    private RunningService(Process process, Uri address)
    {
        (this.process, Address) = (process, address);
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>CPU time since it started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The most memory it has had.</summary>
    public long PeakBytes
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts it, and returns when it answers.</summary>
    /// <param name="journal">Connection string of the account of its orchestrations.</param>
    /// <param name="data">Connection string of the account of everything else.</param>
    /// <exception cref="InvalidOperationException">It ended instead: the message has what it said.</exception>
    public static async Task<RunningService> StartAsync(string journal, string data)
    {
        var address = new Uri($"http://127.0.0.1:{AzuritePorts.Free().Blob}");
        var path = Path.Combine(AppContext.BaseDirectory, "..", "..", "VbsFunctions", "local", "VbsFunctions.dll");
        var start = new ProcessStartInfo("dotnet", [path, "--urls", address.ToString()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AzureWebJobsStorage"] = journal;
        start.Environment["Vbs__Storage__ConnectionString"] = data;
        foreach (var (name, value) in ProjectTokens.Settings)
        {
            start.Environment[name] = value;
        }

        var service = new RunningService(Process.Start(start)!, address);
        await service.WaitUntilReadyAsync();
        return service;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    private async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var timeout = new CancellationTokenSource(StartTimeout);
        while (!await IsReadyAsync(http, timeout.Token))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The service ended with {process.ExitCode}: {string.Join('\n', said)}");
            }

            await Task.Delay(ReadyPoll, TimeProvider.System, timeout.Token);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            var status = await http.GetStringAsync(new Uri("/admin/host/status", UriKind.Relative), cancellationToken);
            return status.Contains("\"Running\"", StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

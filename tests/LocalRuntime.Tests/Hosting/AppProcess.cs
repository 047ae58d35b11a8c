using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace LocalRuntime.Tests.Hosting;

/// <summary>TestApp in a process of its own.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private readonly Process process;

    private AppProcess(Process process, Uri url)
    {
        this.process = process;
        Client = new HttpClient { BaseAddress = url };
    }

    public static string Path => System.IO.Path.Combine(AppContext.BaseDirectory.Replace("LocalRuntime.Tests", "TestApp", StringComparison.Ordinal), "TestApp.dll");

    public HttpClient Client { get; }

    public static AppProcess Start(Uri url, params (string Name, string Value)[] environment) => Start(url, url.GetLeftPart(UriPartial.Authority), environment);

    public static AppProcess Start(Uri url, string address, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path, "--urls", address])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new AppProcess(Process.Start(start)!, url);
    }

    public static Uri FreeUrl()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }

    public async Task<string?> ReadLineAsync() => await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>Asks the process to end as a service manager does.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits for the end: exit code, what is left of standard output, standard error.</summary>
    public async Task<(int Code, string Output, string Error)> EndAsync()
    {
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }
}

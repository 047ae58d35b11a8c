using System.Collections.Concurrent;
using System.Diagnostics;

namespace RealClients.Harness;

/// <summary>A program that stays, and ends with its owner.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> said = new();
    private readonly Process process;

    public RunningProgram(string path, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        process = Process.Start(CommandLine.Of(path, arguments, environment))!;
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Returns when a URL answers.</summary>
    /// <exception cref="InvalidOperationException">The program has ended.</exception>
    public async Task WaitForAsync(Uri uri, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(uri, cancellationToken);
                return;
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
            }
            catch (HttpRequestException)
            {
                throw new InvalidOperationException($"{process.StartInfo.FileName} ended with {process.ExitCode}: {string.Join('\n', said)}");
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace LocalRuntime.Azurite;

/// <summary>A running Azurite on loopback. It ends with its owner, also when the owner is killed: it watches its standard input.</summary>
internal sealed class AzuriteProcess : IAsyncDisposable
{
    private const string AccountName = "devstoreaccount1";

    // Azurite's published development key: https://learn.microsoft.com/azure/storage/common/storage-use-azurite
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // Run before Azurite. Its handlers of SIGINT and SIGTERM are kept for the end of standard input: a Ctrl-C goes to the
    // whole process group, and the owner still needs its storage to stop in order.
    private const string ExitWithOwner = """
        const stop = [], once = process.once;
        process.once = (event, listener) => /^SIG(INT|TERM)$/.test(event)
          ? (stop.push(listener), process.on(event, () => {}))
          : once.call(process, event, listener);
        process.stdin.on('end', () => stop.length ? stop[0]() : process.exit()).resume();
        """;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PortPoll = TimeSpan.FromMilliseconds(50);
    private readonly Process process;

    private AzuriteProcess(Process process, AzuritePorts ports)
    {
        this.process = process;
        Ports = ports;
    }

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public AzuritePorts Ports { get; }

    /// <summary>The connection string of its three services.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={AccountName};AccountKey={AccountKey};"
        + $"BlobEndpoint=http://127.0.0.1:{Ports.Blob}/{AccountName};QueueEndpoint=http://127.0.0.1:{Ports.Queue}/{AccountName};"
        + $"TableEndpoint=http://127.0.0.1:{Ports.Table}/{AccountName};";

    /// <summary>CPU time it has taken.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts Azurite and waits until its three ports answer.</summary>
    /// <param name="script">What <see cref="AzuriteInstall.EnsureAsync"/> returned.</param>
    /// <param name="folder">Where it keeps its data; made when missing.</param>
    /// <param name="ports">Where it listens.</param>
    /// <param name="time">The clock of the wait.</param>
    /// <param name="cancellationToken">Ends the wait, and Azurite with it.</param>
    /// <exception cref="InvalidOperationException">Node.js is missing, or Azurite ended or did not answer within 60 s: the message is for a person.</exception>
    public static async Task<AzuriteProcess> StartAsync(
        string script, string folder, AzuritePorts ports, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var azurite = new AzuriteProcess(Launch(script, folder, ports), ports);
        try
        {
            using var timeout = new CancellationTokenSource(StartTimeout, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            foreach (var port in (int[])[ports.Blob, ports.Queue, ports.Table])
            {
                while (!await AnswersAsync(port, both.Token))
                {
                    if (azurite.process.HasExited)
                    {
                        throw new InvalidOperationException($"Azurite ended with exit code {azurite.process.ExitCode} (node {script}, data in {folder}).");
                    }

                    await Task.Delay(PortPoll, time, both.Token);
                }
            }

            return azurite;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await azurite.DisposeAsync();
            throw new InvalidOperationException($"Azurite did not answer on 127.0.0.1:{ports.Blob} within {StartTimeout.TotalSeconds:0} s.");
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether anybody listens on a port of 127.0.0.1.</summary>
    public static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Asks it to end, and waits until its data is on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }

        process.Dispose();
    }

    private static Process Launch(string script, string folder, AzuritePorts ports)
    {
        string[] arguments =
        [
            "--import", $"data:text/javascript,{Uri.EscapeDataString(ExitWithOwner)}", script,
            "--silent", "--disableTelemetry", "--location", folder,
            // The SDKs send a newer service version than Azurite knows by name.
            "--skipApiVersionCheck",
            "--blobHost", "127.0.0.1", "--blobPort", $"{ports.Blob}",
            "--queueHost", "127.0.0.1", "--queuePort", $"{ports.Queue}",
            "--tableHost", "127.0.0.1", "--tablePort", $"{ports.Table}",
            // The default of 5 s closes pooled connections under the SDK's hands.
            "--blobKeepAliveTimeout", "600", "--queueKeepAliveTimeout", "600", "--tableKeepAliveTimeout", "600",
        ];
        try
        {
            var process = Process.Start(new ProcessStartInfo("node", arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return process;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("Node.js is needed to run Azurite, and is not on the PATH: install Node.js 20 or later.");
        }
    }
}

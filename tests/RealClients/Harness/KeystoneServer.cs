using System.Net;
using System.Net.Sockets;

namespace RealClients.Harness;

/// <summary>Debian's Keystone on loopback: SQLite and Fernet keys in a folder.</summary>
internal sealed class KeystoneServer : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly int port = FreePort();
    private readonly Dictionary<string, string> environment;
    private RunningProgram? server;

    public KeystoneServer()
    {
        environment = new() { ["OS_KEYSTONE_CONFIG_DIR"] = folder.Path };
    }

    /// <summary>The password of its user <c>admin</c>.</summary>
    public static string AdminPassword => "adm1n";

    /// <summary>Where it listens, with <c>/v3</c>.</summary>
    public string Uri => $"http://127.0.0.1:{port}/v3";

    /// <summary>Makes the database, the keys and the first user, and starts it.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await WriteConfigurationAsync(folder.Path, "3600", cancellationToken);
        await ManageAsync(["db_sync"], cancellationToken);
        await LetReadersWriteAsync(cancellationToken);
        await ManageAsync(["fernet_setup", "--keystone-user", Environment.UserName, "--keystone-group", Environment.UserName], cancellationToken);
        await ManageAsync(
            ["bootstrap", "--bootstrap-password", AdminPassword, "--bootstrap-region-id", "RegionOne", "--bootstrap-public-url", Uri], cancellationToken);
        await StartAsync(cancellationToken);
    }

    /// <summary>Starts it.</summary>
    public async Task StartAsync(CancellationToken cancellationToken) => server = await ServeAsync(folder.Path, port, cancellationToken);

    /// <summary>Stops it; it can be started again.</summary>
    public async Task StopAsync()
    {
        await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
        server = null;
    }

    /// <summary>Starts a second server of the same Keystone, whose tokens live for seconds only.</summary>
    public async Task<(RunningProgram Server, string Uri)> StartHastyAsync(int lifeSeconds, CancellationToken cancellationToken)
    {
        var (hasty, hastyPort) = (Directory.CreateDirectory(Path.Combine(folder.Path, "hasty")).FullName, FreePort());
        await WriteConfigurationAsync(hasty, $"{lifeSeconds}", cancellationToken);
        return (await ServeAsync(hasty, hastyPort, cancellationToken), $"http://127.0.0.1:{hastyPort}/v3");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Dispose();
    }

    private static async Task<RunningProgram> ServeAsync(string configuration, int port, CancellationToken cancellationToken)
    {
        var program = new RunningProgram(
            Software.Python,
            [Path.Combine(AppContext.BaseDirectory, "Scripts", "serve_keystone.py"), $"{port}"],
            new Dictionary<string, string> { ["OS_KEYSTONE_CONFIG_DIR"] = configuration });
        await program.WaitForAsync(new Uri($"http://127.0.0.1:{port}/v3"), cancellationToken);
        return program;
    }

    // Keystone reads in one session while it writes in another: without a write-ahead log SQLite answers "database is locked".
    private async Task LetReadersWriteAsync(CancellationToken cancellationToken)
    {
        var script = $"import sqlite3; sqlite3.connect('{folder.Path}/keystone.db').execute('PRAGMA journal_mode=WAL')";
        (await CommandLine.RunAsync(Software.Python, ["-c", script], environment, cancellationToken)).Succeeded();
    }

    private async Task ManageAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var configuration = Path.Combine(folder.Path, "keystone.conf");
        (await CommandLine.RunAsync(Software.KeystoneManage, ["--config-file", configuration, .. arguments], environment, cancellationToken)).Succeeded();
    }

    private async Task WriteConfigurationAsync(string target, string tokenLifeSeconds, CancellationToken cancellationToken)
    {
        var keys = Directory.CreateDirectory(Path.Combine(folder.Path, "keys")).FullName;
        await File.WriteAllTextAsync(Path.Combine(target, "keystone.conf"), $"""
            [DEFAULT]
            log_file = {target}/keystone.log
            [database]
            connection = sqlite:///{folder.Path}/keystone.db
            [token]
            provider = fernet
            expiration = {tokenLifeSeconds}
            [fernet_tokens]
            key_repository = {keys}
            [fernet_receipts]
            key_repository = {keys}
            [identity]
            password_hash_rounds = 4
            """, cancellationToken);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

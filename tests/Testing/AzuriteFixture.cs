using Azure.Data.Tables;
using Azure.Storage.Blobs;
using LocalRuntime.Azurite;
using Xunit;

[assembly: CLSCompliant(false)]

namespace Testing;

/// <summary>One Azurite for a test assembly: its own process on free ports, its data in a folder that goes with it.
/// Use as <c>[assembly: AssemblyFixture(typeof(AzuriteFixture))]</c>; tests take names from <see cref="UniqueName"/>.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private static int names;
    private readonly string folder = Directory.CreateTempSubdirectory("azurite-").FullName;
    private AzuriteProcess? azurite;

    /// <summary>Connects to all three services.</summary>
    public string ConnectionString => azurite!.ConnectionString;

    /// <summary>Where its blob service listens, without path.</summary>
    public Uri BlobUrl => new($"http://127.0.0.1:{azurite!.Ports.Blob}");

    /// <summary>Where its table service listens, without path.</summary>
    public Uri TableUrl => new($"http://127.0.0.1:{azurite!.Ports.Table}");

    /// <summary>Its tables.</summary>
    public TableServiceClient Tables => new(ConnectionString);

    /// <summary>Its blobs.</summary>
    public BlobServiceClient Blobs => new(ConnectionString);

    /// <summary>A name no other test uses: letters and digits, legal for a table, a container and a blob.</summary>
    public static string UniqueName(string prefix) => $"{prefix}{Interlocked.Increment(ref names):d5}";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var script = await AzuriteInstall.EnsureAsync(AzuriteInstall.FindRoot(), TimeProvider.System, CancellationToken.None);
        azurite = await AzuriteProcess.StartAsync(script, folder, AzuritePorts.Free(), TimeProvider.System, CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (azurite is not null)
        {
            await azurite.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }
}

using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Testing;

namespace RealClients.Harness;

/// <summary>A small cloud: a real Keystone with projects, users and a catalog, and this service in it, on an Azurite of its own.</summary>
public sealed class Cloud : IAsyncLifetime
{
    private readonly AzuriteFixture azurite = new();
    private readonly KeystoneServer keystone = new();
    private ServiceProcess? service;
    private string? missing;

    /// <summary>May restore in <c>demo</c>, whose backups are those of a real Cinder.</summary>
    public static Account Member { get; } = new("alice", "al1ce", "demo");

    /// <summary>May look in <c>demo</c>.</summary>
    public static Account Reader { get; } = new("rita", "r1ta", "demo");

    /// <summary>Is in <c>demo</c> by a role that the policy does not know.</summary>
    public static Account Stranger { get; } = new("steve", "st3ve", "demo");

    /// <summary>May restore in <c>other</c>, which has nothing.</summary>
    public static Account Other { get; } = new("oscar", "0scar", "other");

    /// <summary>Administers <c>archive</c>, into which records are brought.</summary>
    public static Account Importer { get; } = new("ida", "1da", "archive");

    /// <summary>This service, to Keystone.</summary>
    public static Account Service { get; } = new("vbs", "vb5", "service");

    /// <summary>Id of the project <c>demo</c>.</summary>
    public string DemoId { get; private set; } = "";

    /// <summary>Id of the project <c>other</c>.</summary>
    public string OtherId { get; private set; } = "";

    /// <summary>Id of the project <c>archive</c>.</summary>
    public string ArchiveId { get; private set; } = "";

    /// <summary>Where the service listens, without a slash at the end.</summary>
    public string BaseUrl => service!.Access.BaseUrl;

    /// <summary>Where Keystone listens, with <c>/v3</c>.</summary>
    public string KeystoneUri => keystone.Uri;

    /// <summary>Connection string of the account for everything.</summary>
    public string Storage => azurite.ConnectionString;

    /// <summary>The Keystone itself.</summary>
    internal KeystoneServer Keystone => keystone;

    /// <summary>Fills <c>demo</c>.</summary>
    internal ToolProgram Tool => new(new ServiceAccess(BaseUrl, Storage, "unused", DemoId));

    /// <summary>Skips the test where OpenStack is not installed; in CI that is a failure.</summary>
    public void Needed()
    {
        Assert.False(missing is not null && Environment.GetEnvironmentVariable("CI") == "true", missing);
        Assert.SkipWhen(missing is not null, missing ?? "");
    }

    /// <summary>The bytes of a disk of <c>demo</c>, or of another project.</summary>
    public Disk Disk(string volumeId, string? projectId = null) => new(new BlobServiceClient(Storage)
        .GetBlobContainerClient("volumes").GetPageBlobClient($"{projectId ?? DemoId}/{volumeId}.vhd"));

    /// <summary>Makes an empty disk of 1 GiB in <c>demo</c>.</summary>
    /// <returns>Its id.</returns>
    internal async Task<string> NewVolumeAsync() =>
        (await Tool.CreateVolumesAsync(1, 1, TestContext.Current.CancellationToken)).Single().ToString("D");

    /// <summary>Waits for the end of a restore, and compares the disk's bytes with what the backup's own Cinder wrote.</summary>
    internal async Task ExpectRestoredAsync(RealBackup backup, string volumeId, Account? account = null, string? projectId = null)
    {
        var stop = TestContext.Current.CancellationToken;
        using var api = new Api(BaseUrl);
        using var identity = new KeystoneApi(KeystoneUri);

        var status = await api.WaitForVolumeAsync(await identity.IssueAsync(account ?? Member, stop), projectId ?? DemoId, volumeId, stop);

        Assert.Equal("available", status);
        Assert.Equal(backup.Sha256, await Disk(volumeId, projectId).HashAsync(backup.ContentBytes, stop));
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        missing = Software.Missing();
        if (missing is not null)
        {
            return;
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        await Task.WhenAll(azurite.InitializeAsync().AsTask(), keystone.CreateAsync(limit.Token));
        using var api = new KeystoneApi(keystone.Uri);
        var setup = new CloudSetup(api);
        service = new ServiceProcess(Storage, await setup.RunAsync(keystone.Uri, limit.Token));
        (DemoId, OtherId, ArchiveId) = (setup.DemoId, setup.OtherId, setup.ArchiveId);
        await setup.AddCatalogAsync(BaseUrl, limit.Token);
        await service.StartAsync(limit.Token);
        await Tool.ImportAsync(RealBackup.Folder, limit.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (service is not null)
        {
            await service.DisposeAsync();
        }

        await keystone.DisposeAsync();
        await azurite.DisposeAsync();
    }
}

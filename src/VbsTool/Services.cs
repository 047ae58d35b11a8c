using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Vbs;
using Vbs.Catalog;
using Vbs.Configuration;
using Vbs.Volumes;

namespace VbsTool;

/// <summary>The library as the settings configure it. Made when first asked for, so that help and mistakes need no storage.</summary>
internal sealed class Services : IAsyncDisposable
{
    private readonly Lazy<IConfiguration> settings;
    private readonly Lazy<ServiceProvider> provider;

    /// <summary>Reads nothing yet.</summary>
    public Services(Func<IConfiguration> readSettings)
    {
        settings = new(readSettings);
        provider = new(() => new ServiceCollection().AddLogging().AddVbs(Settings).BuildServiceProvider());
    }

    /// <summary>The app's settings.</summary>
    public IConfiguration Settings => settings.Value;

    /// <summary>Backups, volumes and restores.</summary>
    public CatalogTable Catalog => Get<CatalogTable>();

    /// <summary>The disks' bytes.</summary>
    public VolumeStore Volumes => Get<VolumeStore>();

    /// <summary>Makes disks.</summary>
    public VolumeLifecycle VolumeLifecycle => Get<VolumeLifecycle>();

    /// <summary>The backups' objects.</summary>
    public BlobContainerClient Backups =>
        Get<BlobServiceClient>().GetBlobContainerClient(Get<IOptions<StorageOptions>>().Value.BackupContainer);

    /// <summary>Makes ids.</summary>
    public Func<Guid> NewId => Get<Func<Guid>>();

    /// <summary>The clock.</summary>
    public TimeProvider Time => Get<TimeProvider>();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (provider.IsValueCreated)
        {
            await provider.Value.DisposeAsync();
        }
    }

    private T Get<T>()
        where T : notnull => provider.Value.GetRequiredService<T>();
}

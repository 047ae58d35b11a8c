using Azure.Storage.Blobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Vbs.Catalog;
using Vbs.Configuration;

namespace Vbs;

/// <summary>Makes the table and the containers, once, when the host starts; a process without a host calls <see cref="EnsureCreatedAsync"/>.</summary>
public sealed class StorageSetup(CatalogTable catalog, BlobServiceClient blobs, IOptions<StorageOptions> options) : IHostedService
{
    /// <summary>Makes what is missing: four requests at once. Safe to repeat.</summary>
    /// <exception cref="Azure.RequestFailedException">Storage cannot be reached, or the identity lacks a role.</exception>
    public Task EnsureCreatedAsync(CancellationToken cancellationToken)
    {
        string[] containers = [options.Value.BackupContainer, options.Value.VolumeContainer, options.Value.RestoreContainer];
        return Task.WhenAll(
        [
            catalog.EnsureCreatedAsync(cancellationToken),
            .. containers.Select(name => blobs.GetBlobContainerClient(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
        ]);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => EnsureCreatedAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

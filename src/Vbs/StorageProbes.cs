using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Vbs.Health;

namespace Vbs;

/// <summary>Asks the data account the least that proves it can be worked with: that it answers, and lets this identity read.</summary>
internal static class StorageProbes
{
    /// <summary>A read of a row that is not there.</summary>
    public static Probe Of(TableClient catalog) => new("tables", cancellationToken => catalog.GetEntityIfExistsAsync<TableEntity>(
        "health", "health", ["PartitionKey"], cancellationToken));

    /// <summary>A read of a container's properties.</summary>
    public static Probe Of(BlobContainerClient backups) => new("blobs", cancellationToken => backups.GetPropertiesAsync(cancellationToken: cancellationToken));
}

using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Vbs.Restores;

namespace VbsFunctions.Tests.Orchestration;

internal static class VolumeBlobs
{
    /// <summary>The blob of the volume that a restore writes.</summary>
    public static PageBlobClient GetPageBlobClientOf(this BlobContainerClient container, Restore restore) =>
        container.GetPageBlobClient($"{restore.ProjectId}/{restore.VolumeId}.vhd");
}

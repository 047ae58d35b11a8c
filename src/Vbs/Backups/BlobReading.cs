using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Vbs.Restores;

namespace Vbs.Backups;

/// <summary>Opens a backup's documents.</summary>
internal static class BlobReading
{
    /// <summary>Reads a blob forward. A broken connection is resumed by the client, pinned to the ETag of the first answer.</summary>
    /// <exception cref="RestoreFaultException">VolumeBackup.0111: there is no such blob. VolumeBackup.0200: it is in the archive tier.</exception>
    public static async Task<Stream> OpenAsync(
        BlobContainerClient backups, Backup backup, string blobName, CancellationToken cancellationToken)
    {
        try
        {
            return (await backups.GetBlobClient(blobName).DownloadStreamingAsync(cancellationToken: cancellationToken)).Value.Content;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            throw Damage.Missing(backup.Id, $"object {blobName} is missing.");
        }
        catch (RequestFailedException offline) when (offline.ErrorCode == BlobErrorCode.BlobArchived)
        {
            throw Damage.Archived(backup.Id, blobName);
        }
    }
}

using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Vbs.Restores;
using Vbs.Restores.Planning;

namespace Vbs.Volumes;

/// <summary>The volumes: page blobs <c>{project}/{volume}.vhd</c>, each the disk's content followed by a fixed-VHD footer.</summary>
/// <remarks>
/// A volume can become an Azure disk as it is (<c>az disk create --source</c>), because Azure makes disks of fixed VHDs
/// whose content is whole MiB. A fresh volume is sparse: pages never written take no space and read as zeros.
/// Content is written by a restore only, through <see cref="Open"/>.
/// </remarks>
public sealed class VolumeStore(BlobContainerClient volumes)
{
    /// <summary>The largest volume. A VHD longer than 2040 GiB is Azure's to read, not qemu's.</summary>
    public const int MaxSizeGiB = Volume.MaxSizeGiB;

    /// <summary>Makes a volume that reads as zeros, and the container when that is missing. Safe to repeat, also when an
    /// earlier creation died half-way; a volume that exists keeps its content.</summary>
    /// <param name="projectId">The project that owns it.</param>
    /// <param name="volumeId">Its id.</param>
    /// <param name="sizeGiB">Size of its content, 1 to <see cref="MaxSizeGiB"/> GiB.</param>
    /// <param name="cancellationToken">Stops waiting; what is half done is completed by a repeat.</param>
    /// <exception cref="InvalidOperationException">It exists with another size. It was not touched.</exception>
    /// <exception cref="RequestFailedException">The storage service is in trouble; it may pass.</exception>
    public async Task CreateAsync(ProjectId projectId, VolumeId volumeId, int sizeGiB, CancellationToken cancellationToken)
    {
        var contentBytes = ContentBytes(sizeGiB);
        var blob = Blob(projectId, volumeId);
        if (!await TryCreateAsync(blob, contentBytes + VhdFooter.Bytes, cancellationToken)
            && await HasFooterAsync(blob, volumeId, contentBytes, cancellationToken))
        {
            return;
        }

        var footer = VhdFooter.For(volumeId, contentBytes);
        using var body = new MemoryStream(footer, writable: false);
        var options = new PageBlobUploadPagesOptions { TransferValidation = PageChecksum.For(blob.Uri, footer) };
        await blob.UploadPagesAsync(body, contentBytes, options, cancellationToken);
    }

    /// <summary>Whether somebody holds the volume's lease: a restore, or whoever uses the disk. False also when there is no such volume.</summary>
    /// <exception cref="RequestFailedException">The storage service is in trouble; it may pass.</exception>
    public async Task<bool> IsLeasedAsync(ProjectId projectId, VolumeId volumeId, CancellationToken cancellationToken)
    {
        try
        {
            var properties = await Blob(projectId, volumeId).GetPropertiesAsync(cancellationToken: cancellationToken);
            return properties.Value.LeaseStatus == LeaseStatus.Locked;
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return false;
        }
    }

    /// <summary>Deletes a volume with its snapshots, for good unless the storage account keeps what is deleted. Safe to repeat, also when it is gone.</summary>
    /// <returns>Whether it is gone; false when somebody holds its lease, and then nothing has happened.</returns>
    /// <exception cref="RequestFailedException">The storage service is in trouble; it may pass.</exception>
    public async Task<bool> TryDeleteAsync(ProjectId projectId, VolumeId volumeId, CancellationToken cancellationToken)
    {
        try
        {
            await Blob(projectId, volumeId).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException leased) when (leased.ErrorCode == BlobErrorCode.LeaseIdMissing)
        {
            return false;
        }
    }

    /// <summary>The volume as one restore may write it. No request is made.</summary>
    public RestoreTarget Open(ProjectId projectId, VolumeId volumeId, RestoreId restoreId) =>
        new(Blob(projectId, volumeId), volumeId, restoreId);

    /// <summary>Opens the content, without the footer, for asynchronous reading. The stream can seek, and reads some MiB
    /// ahead. It reads one state of the volume: once somebody has written to it, reading fails with status 412.</summary>
    /// <exception cref="FileNotFoundException">There is no such volume.</exception>
    public async Task<Stream> OpenReadAsync(ProjectId projectId, VolumeId volumeId, CancellationToken cancellationToken)
    {
        var blob = Blob(projectId, volumeId);
        var properties = await PropertiesAsync(blob, cancellationToken);
        return new VolumeContentStream(blob, properties.ETag, properties.ContentLength - VhdFooter.Bytes);
    }

    /// <summary>Lists the ranges of the content that were written, ascending and disjoint; all else reads as zeros.</summary>
    /// <exception cref="FileNotFoundException">There is no such volume.</exception>
    public async IAsyncEnumerable<ByteRange> GetDataRangesAsync(
        ProjectId projectId, VolumeId volumeId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var blob = Blob(projectId, volumeId);
        var properties = await PropertiesAsync(blob, cancellationToken);
        var contentBytes = properties.ContentLength - VhdFooter.Bytes;
        var options = new GetPageRangesOptions
        {
            Range = new HttpRange(0, contentBytes),
            Conditions = new PageBlobRequestConditions { IfMatch = properties.ETag },
        };
        await foreach (var page in blob.GetAllPageRangesAsync(options, cancellationToken))
        {
            var end = Math.Min(page.Range.Offset + page.Range.Length!.Value, contentBytes);
            yield return new ByteRange(page.Range.Offset, end - page.Range.Offset);
        }
    }

    /// <summary>Length in bytes of the content of a volume of a size.</summary>
    internal static long ContentBytes(int sizeGiB)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sizeGiB, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sizeGiB, MaxSizeGiB);
        return (long)sizeGiB << 30;
    }

    private static async Task<BlobProperties> PropertiesAsync(PageBlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            return await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            throw new FileNotFoundException($"There is no volume {blob.Name}.", gone);
        }
    }

    private static async Task<bool> HasFooterAsync(PageBlobClient blob, VolumeId volumeId, long contentBytes, CancellationToken cancellationToken)
    {
        var properties = await PropertiesAsync(blob, cancellationToken);
        if (properties.ContentLength != contentBytes + VhdFooter.Bytes)
        {
            throw new InvalidOperationException(
                $"Volume {volumeId} exists with {properties.ContentLength} bytes, not {contentBytes + VhdFooter.Bytes}.");
        }

        var options = new BlobDownloadOptions { Range = new HttpRange(contentBytes, VhdFooter.Bytes) };
        var footer = (await blob.DownloadContentAsync(options, cancellationToken)).Value.Content;
        return footer.ToMemory().Span.ContainsAnyExcept((byte)0);
    }

    private PageBlobClient Blob(ProjectId projectId, VolumeId volumeId) => volumes.GetPageBlobClient($"{projectId}/{volumeId}.vhd");

    private async Task<bool> TryCreateAsync(PageBlobClient blob, long lengthBytes, CancellationToken cancellationToken)
    {
        var options = new PageBlobCreateOptions { Conditions = new PageBlobRequestConditions { IfNoneMatch = ETag.All } };
        try
        {
            await blob.CreateAsync(lengthBytes, options, cancellationToken);
            return true;
        }
        catch (RequestFailedException exists) when (exists.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            return false;
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await volumes.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            return await TryCreateAsync(blob, lengthBytes, cancellationToken);
        }
    }
}

using System.Runtime.InteropServices;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Vbs.Restores;
using Vbs.Restores.Planning;

namespace Vbs.Volumes;

/// <summary>The volume of one restore, written under the restore's lease.</summary>
/// <remarks>
/// The lease's id is the restore's, and every write carries it. Whoever works for a restore that has ended, or that was
/// never given this volume, is refused by the storage service itself, however late its write arrives. So only the start
/// of a restore acquires the lease; a segment that took it again would undo its release.
/// </remarks>
public sealed class RestoreTarget
{
    private const int MaxWriteBytes = 4 << 20;
    private const string NotFound = "VolumeBackup.0111";

    /// <summary>The code of the fault that somebody else holds the lease.</summary>
    public const string InUse = "VolumeBackup.0205";

    private readonly PageBlobClient blob;
    private readonly BlobLeaseClient lease;
    private readonly PageBlobRequestConditions underLease;
    private readonly string name;
    private long contentBytes = -1;

    internal RestoreTarget(PageBlobClient blob, VolumeId volumeId, RestoreId restoreId)
    {
        this.blob = blob;
        name = $"Volume {volumeId}";
        lease = blob.GetBlobLeaseClient(restoreId.Value.ToString("D"));
        underLease = new PageBlobRequestConditions { LeaseId = lease.LeaseId };
    }

    /// <summary>Takes the lease, without end, for the restore. Safe to repeat while the restore runs.</summary>
    /// <param name="sizeGiB">Size the volume's record says, in GiB.</param>
    /// <param name="cancellationToken">Gives up waiting; the lease may still be taken.</param>
    /// <returns>Null when the lease is held; otherwise why this volume cannot be restored to: it does not exist
    /// (VolumeBackup.0111), is not a disk of that size (0200), or somebody else holds its lease (0205).</returns>
    /// <exception cref="RequestFailedException">The storage service is in trouble; it may pass.</exception>
    public async Task<RestoreFault?> AcquireAsync(int sizeGiB, CancellationToken cancellationToken)
    {
        try
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            var expected = VolumeStore.ContentBytes(sizeGiB) + VhdFooter.Bytes;
            if (properties.BlobType != BlobType.Page || properties.ContentLength != expected)
            {
                return RestoreFault.Data($"{name} should be a page blob of {expected} bytes, and is a {properties.BlobType} blob of {properties.ContentLength}.");
            }

            Volatile.Write(ref contentBytes, properties.ContentLength - VhdFooter.Bytes);
            await lease.AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration, cancellationToken: cancellationToken);
            return null;
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return Gone();
        }
        catch (RequestFailedException taken) when (LeaseErrors.HeldByAnother(taken))
        {
            return new RestoreFault(InUse, $"{name} is in use: its blob is leased by somebody else.");
        }
    }

    /// <summary>Whether nothing of the content has pages, so that all of it reads as zeros; one request. The answer holds for as long as
    /// the lease does, but for what the restore itself writes: ask once, under the lease, before the first write.</summary>
    /// <exception cref="RequestFailedException">The lease is not held, or the storage service is in trouble.</exception>
    public async Task<bool> IsFreshAsync(CancellationToken cancellationToken)
    {
        var options = new GetPageRangesOptions
        {
            Range = new HttpRange(0, await ContentBytesAsync(cancellationToken)),
            Conditions = underLease,
        };
        await foreach (var page in blob.GetAllPageRangesAsync(options, cancellationToken).AsPages(pageSizeHint: 1))
        {
            if (page.Values.Count > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes bytes. Safe to repeat. The service checks them against a checksum.</summary>
    /// <param name="offsetBytes">Where, a multiple of 512.</param>
    /// <param name="bytes">1 to 4 MiB, a multiple of 512, all of it within the content.</param>
    /// <param name="cancellationToken">Gives up waiting; the write may still happen.</param>
    /// <exception cref="RestoreFaultException">The lease is lost or the volume gone: the restore no longer may write.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Not aligned, too long, or not within the content. Nothing was written.</exception>
    /// <exception cref="RequestFailedException">The storage service is in trouble; it may pass.</exception>
    public async Task WriteAsync(long offsetBytes, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, MaxWriteBytes, nameof(bytes));
        await GuardAsync(new ByteRange(offsetBytes, bytes.Length), async () =>
        {
            using var content = AsStream(bytes);
            var options = new PageBlobUploadPagesOptions { Conditions = underLease, TransferValidation = PageChecksum.For(blob.Uri, bytes.Span) };
            await blob.UploadPagesAsync(content, offsetBytes, options, cancellationToken);
        }, cancellationToken);
    }

    /// <summary>Makes a range read as zeros, and frees its pages. Safe to repeat. One request, whatever its length
    /// (learn.microsoft.com/rest/api/storageservices/put-page: a clear may be as long as the blob).</summary>
    /// <param name="range">512-byte aligned, within the content.</param>
    /// <param name="cancellationToken">Gives up waiting; the clear may still happen.</param>
    /// <inheritdoc cref="WriteAsync" path="/exception"/>
    public Task ClearAsync(ByteRange range, CancellationToken cancellationToken) =>
        GuardAsync(range, () => blob.ClearPagesAsync(new HttpRange(range.OffsetBytes, range.LengthBytes), underLease, cancellationToken), cancellationToken);

    /// <summary>Gives the lease back. Safe to repeat, also when it is lost, was never held, or the volume is gone.</summary>
    /// <exception cref="RequestFailedException">The storage service is in trouble; it may pass.</exception>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await lease.ReleaseAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException gone) when (gone.Status == 404 || LeaseErrors.Lost(gone))
        {
            // It is not held, which is all that was asked.
        }
    }

    /// <summary>Deletes the blob, which is left over: only for a restore that has ended and whose volume has been deleted. Safe to repeat.</summary>
    /// <exception cref="RequestFailedException">The storage service is in trouble, which may pass, or somebody else holds the lease.</exception>
    public async Task DiscardAsync(CancellationToken cancellationToken)
    {
        await ReleaseAsync(cancellationToken);
        await blob.DeleteIfExistsAsync(cancellationToken: cancellationToken);
    }

    private static MemoryStream AsStream(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);

    private async Task GuardAsync(ByteRange range, Func<Task> request, CancellationToken cancellationToken)
    {
        try
        {
            CheckWithin(range, await ContentBytesAsync(cancellationToken));
            await request();
        }
        catch (RequestFailedException lost) when (LeaseErrors.Lost(lost))
        {
            throw new RestoreFaultException(RestoreFault.Data($"{name}: its lease is gone, so this restore no longer may write it."));
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            throw new RestoreFaultException(Gone());
        }
    }

    /// <summary>Asked once a target. Several writers at the start may ask at once: the answer is the same.</summary>
    private async ValueTask<long> ContentBytesAsync(CancellationToken cancellationToken)
    {
        var known = Volatile.Read(ref contentBytes);
        if (known < 0)
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            known = properties.ContentLength - VhdFooter.Bytes;
            Volatile.Write(ref contentBytes, known);
        }

        return known;
    }

    private static void CheckWithin(ByteRange range, long contentBytes)
    {
        if (range.OffsetBytes < 0 || range.LengthBytes <= 0 || range.OffsetBytes > contentBytes - range.LengthBytes
            || range.OffsetBytes % 512 != 0 || range.LengthBytes % 512 != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(range), range, $"Not 512-byte aligned within the volume's {contentBytes} bytes.");
        }
    }

    private RestoreFault Gone() => new(NotFound, $"{name} does not exist.");
}

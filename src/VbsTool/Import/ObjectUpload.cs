using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace VbsTool.Import;

/// <summary>Puts files into Blob Storage as they are. A blob appears whole or not at all, and none is overwritten.</summary>
internal sealed class ObjectUpload(BlobContainerClient container)
{
    // Memory is this times MaximumConcurrency times the uploads at once, whatever an object's length.
    private const int TransferBytes = 8 * 1024 * 1024;

    /// <summary>Uploads a file, with its MD5 as the blob's Content-MD5. Safe to repeat: a blob of the same length and MD5 is left alone.</summary>
    /// <exception cref="ToolException">The blob is there with other content.</exception>
    public async Task RunAsync(FolderObject source, CancellationToken cancellationToken)
    {
        // Unbuffered: hashing and uploading bring their own buffers.
        await using var file = new FileStream(source.Path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
        var md5 = await HashAsync(file, cancellationToken);
        var blob = container.GetBlobClient(source.BlobName);
        if (await IsThereAsync(blob, file.Length, md5, cancellationToken))
        {
            return;
        }

        file.Position = 0;
        try
        {
            await blob.UploadAsync(file, UnlessThere(md5), cancellationToken);
        }
        catch (RequestFailedException lost) when (lost.ErrorCode == BlobErrorCode.BlobAlreadyExists || lost.ErrorCode == BlobErrorCode.ConditionNotMet)
        {
            // Another import of the same folder was faster, or this one's lost answer was a success.
            await IsThereAsync(blob, file.Length, md5, cancellationToken);
        }
    }

    private static BlobUploadOptions UnlessThere(byte[] md5) => new()
    {
        Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
        HttpHeaders = new BlobHttpHeaders { ContentHash = md5 },
        TransferValidation = new UploadTransferValidationOptions { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 },
        TransferOptions = new StorageTransferOptions
        {
            InitialTransferSize = TransferBytes,
            MaximumTransferSize = TransferBytes,
            MaximumConcurrency = 2,
        },
    };

    private static async Task<bool> IsThereAsync(BlobClient blob, long lengthBytes, byte[] md5, CancellationToken cancellationToken)
    {
        BlobProperties properties;
        try
        {
            properties = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return false;
        }

        return properties.ContentLength == lengthBytes && (await HashAsync(blob, properties, cancellationToken)).AsSpan().SequenceEqual(md5)
            ? true
            : throw new ToolException($"Blob '{blob.Name}' is there already with other content; it was not overwritten.");
    }

    private static async Task<byte[]> HashAsync(BlobClient blob, BlobProperties properties, CancellationToken cancellationToken)
    {
        if (properties.ContentHash is { Length: > 0 } known)
        {
            return known;
        }

        // Put there by another program, in blocks and without Content-MD5.
        await using var content = await blob.OpenReadAsync(cancellationToken: cancellationToken);
        return await HashAsync(content, cancellationToken);
    }

    [SuppressMessage("Security", "CA5351", Justification = "Content-MD5 is the checksum that Blob Storage keeps; it guards against accidents only.")]
    private static async Task<byte[]> HashAsync(Stream content, CancellationToken cancellationToken) =>
        await MD5.HashDataAsync(content, cancellationToken);
}

using Azure.Storage;

namespace Vbs.Volumes;

/// <summary>The checksum that travels with a Put Page, so that the service refuses bytes that changed on the way.</summary>
internal static class PageChecksum
{
    private static readonly UploadTransferValidationOptions Crc64 = new() { ChecksumAlgorithm = StorageChecksumAlgorithm.StorageCrc64 };
    private static readonly UploadTransferValidationOptions Md5 = new() { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 };

    /// <summary>CRC64, which costs least; MD5 for the emulator, known by its loopback address, which answers CRC64 with 400.</summary>
    public static UploadTransferValidationOptions For(Uri endpoint) => endpoint.IsLoopback ? Md5 : Crc64;
}

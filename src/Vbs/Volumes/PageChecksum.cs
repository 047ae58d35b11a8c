using System.Buffers.Binary;
using System.IO.Hashing;
using Azure.Storage;

namespace Vbs.Volumes;

/// <summary>The checksum that travels with a Put Page, so that the service refuses bytes that changed on the way.</summary>
/// <remarks>Azure's CRC64 is that of NVMe (learn.microsoft.com/rest/api/storageservices/put-page, x-ms-content-crc64). Computed here
/// it costs a sixth of what the client's own tables take: docs/decisions/data-path.md.</remarks>
internal static class PageChecksum
{
    /// <summary>The checksum of one request's bytes; none for the emulator, known by its loopback address: it answers CRC64 with
    /// 400, and takes an MD5 without looking at it.</summary>
    public static UploadTransferValidationOptions For(Uri endpoint, ReadOnlySpan<byte> bytes)
    {
        if (endpoint.IsLoopback)
        {
            return new() { ChecksumAlgorithm = StorageChecksumAlgorithm.None };
        }

        var crc64 = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(crc64, Crc64.HashToUInt64(Crc64ParameterSet.Nvme, bytes));
        return new() { ChecksumAlgorithm = StorageChecksumAlgorithm.StorageCrc64, PrecalculatedChecksum = crc64 };
    }
}

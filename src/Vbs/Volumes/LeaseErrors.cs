using Azure;
using Azure.Storage.Blobs.Models;

namespace Vbs.Volumes;

/// <summary>What the blob service says about leases (learn.microsoft.com/rest/api/storageservices/lease-blob, "Outcomes of use attempts").</summary>
internal static class LeaseErrors
{
    /// <summary>An acquire found the lease of somebody else, or one that is being broken.</summary>
    public static bool HeldByAnother(RequestFailedException error) =>
        error.Status == 409
        && (error.ErrorCode == BlobErrorCode.LeaseAlreadyPresent || error.ErrorCode == BlobErrorCode.LeaseIsBreakingAndCannotBeAcquired);

    /// <summary>A write or a release found that the lease it named is not held: released, broken, or somebody else's.</summary>
    public static bool Lost(RequestFailedException error) =>
        error.Status is 409 or 412
        && (error.ErrorCode == BlobErrorCode.LeaseLost
            || error.ErrorCode == BlobErrorCode.LeaseNotPresentWithBlobOperation
            || error.ErrorCode == BlobErrorCode.LeaseNotPresentWithLeaseOperation
            || error.ErrorCode == BlobErrorCode.LeaseIdMismatchWithBlobOperation
            || error.ErrorCode == BlobErrorCode.LeaseIdMismatchWithLeaseOperation);
}

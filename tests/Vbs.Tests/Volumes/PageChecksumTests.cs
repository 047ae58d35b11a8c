using Azure.Storage;
using Vbs.Volumes;

namespace Vbs.Tests.Volumes;

public sealed class PageChecksumTests
{
    [Theory]
    [InlineData("http://127.0.0.1:10000/devstoreaccount1/volumes/x", StorageChecksumAlgorithm.MD5)]
    [InlineData("http://localhost:10000/devstoreaccount1", StorageChecksumAlgorithm.MD5)]
    [InlineData("https://account.blob.core.windows.net/volumes/x", StorageChecksumAlgorithm.StorageCrc64)]
    public void The_emulator_takes_MD5_and_Azure_CRC64(string endpoint, StorageChecksumAlgorithm expected) =>
        Assert.Equal(expected, PageChecksum.For(new Uri(endpoint)).ChecksumAlgorithm);
}

using System.Text;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Vbs.Volumes;

namespace Vbs.Tests.Volumes;

public sealed class PageChecksumTests
{
    private static readonly Uri Azure = new("https://account.blob.core.windows.net/volumes/x");

    [Theory]
    [InlineData("http://127.0.0.1:10000/devstoreaccount1/volumes/x")]
    [InlineData("http://localhost:10000/devstoreaccount1")]
    public void The_emulator_takes_none(string endpoint) =>
        Assert.Equal(StorageChecksumAlgorithm.None, PageChecksum.For(new Uri(endpoint), [1]).ChecksumAlgorithm);

    /// <summary>The check value of CRC-64/NVME (NVM Command Set Specification 1.0d, 5.2.1.3.4), as eight little-endian bytes.</summary>
    [Fact]
    public void Azure_takes_the_CRC64_of_NVMe()
    {
        var checksum = PageChecksum.For(Azure, Encoding.ASCII.GetBytes("123456789"));
        Assert.Equal(StorageChecksumAlgorithm.StorageCrc64, checksum.ChecksumAlgorithm);
        Assert.Equal("8898790A86148BAE", Convert.ToHexString(checksum.PrecalculatedChecksum.Span));
    }

    [Fact]
    public async Task The_body_is_the_one_that_the_client_would_make_with_a_checksum_of_its_own()
    {
        var bytes = new byte[4096];
        new Random(1).NextBytes(bytes);
        var theirs = await BodyAsync(bytes, new UploadTransferValidationOptions { ChecksumAlgorithm = StorageChecksumAlgorithm.StorageCrc64 });
        Assert.Equal(theirs, await BodyAsync(bytes, PageChecksum.For(Azure, bytes)));
        Assert.True(theirs.Length > bytes.Length, "The checksum is in the body.");
    }

    private static async Task<byte[]> BodyAsync(byte[] bytes, UploadTransferValidationOptions validation)
    {
        using var wire = new BodyKeeper();
        var blob = new PageBlobClient(Azure, new BlobClientOptions { Transport = new global::Azure.Core.Pipeline.HttpClientTransport(wire) });
        await blob.UploadPagesAsync(
            new MemoryStream(bytes), 0, new PageBlobUploadPagesOptions { TransferValidation = validation }, TestContext.Current.CancellationToken);
        return wire.Body;
    }

    private sealed class BodyKeeper : HttpMessageHandler
    {
        public byte[] Body { get; private set; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            var answer = new HttpResponseMessage(System.Net.HttpStatusCode.Created) { Content = new ByteArrayContent([]) };
            answer.Headers.Add("x-ms-structured-body", request.Headers.GetValues("x-ms-structured-body"));
            return answer;
        }
    }
}

using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Vbs.Configuration;

namespace Vbs.Tests.Configuration;

public sealed class OnlyStorageTests
{
    [Theory]
    [InlineData("x-ms-request-id", null)]
    [InlineData("Server", 200)]
    public async Task Only_an_answer_of_the_service_is_a_success(string header, int? failure)
    {
        using var network = new HttpClient(new Answering(header));
        var options = new BlobClientOptions { Transport = new HttpClientTransport(network) };
        options.AddPolicy(new OnlyStorage(), HttpPipelinePosition.PerRetry);
        var blob = new BlobClient("UseDevelopmentStorage=true", "backups", "a", options);

        var exists = await Record.ExceptionAsync(() => blob.ExistsAsync(TestContext.Current.CancellationToken));

        Assert.Equal(failure, (exists as RequestFailedException)?.Status);
    }

    private sealed class Answering(string header) : HttpMessageHandler
    {
        private int requests;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal(1, ++requests);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Headers = { { header, "x" } } });
        }
    }
}

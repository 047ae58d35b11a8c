using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Vbs.Configuration;

namespace Vbs.Tests.Configuration;

public sealed class RetryCounterTests
{
    [Fact]
    public async Task Each_try_after_the_first_is_told_with_the_status_of_the_one_before()
    {
        var retries = new List<int?>();
        using var network = new HttpClient(new FailingTwice());
        var options = new TableClientOptions { Transport = new HttpClientTransport(network), Retry = { Delay = TimeSpan.FromMilliseconds(1) } };
        options.AddPolicy(new RetryCounter(retries.Add), HttpPipelinePosition.PerRetry);
        var table = new TableClient("UseDevelopmentStorage=true", "catalog", options);

        await table.DeleteEntityAsync("p", "r", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([503, null], retries);
    }

    private sealed class FailingTwice : HttpMessageHandler
    {
        private int requests;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            ++requests switch
            {
                1 => Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)),
                2 => Task.FromException<HttpResponseMessage>(new HttpRequestException("The network is away.")),
                _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent)),
            };
    }
}

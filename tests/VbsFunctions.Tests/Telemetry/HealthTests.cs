using Testing;

namespace VbsFunctions.Tests.Telemetry;

public sealed class HealthTests(AzuriteFixture azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_head_is_answered_like_a_get_without_the_body()
    {
        await using var app = await WatchedApp.StartAsync(azurite);

        using var answer = await app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/health"), Stop);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
        Assert.True(answer.Headers.Contains("x-openstack-request-id"));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task A_service_whose_storage_is_gone_says_so_soon_and_nothing_more()
    {
        var own = new AzuriteFixture();
        await own.InitializeAsync();
        await using var app = await WatchedApp.StartAsync(azurite, $"--Vbs:Storage:ConnectionString={own.ConnectionString}");
        await own.DisposeAsync();

        using var answer = await app.Http.GetAsync(new Uri("/health", UriKind.Relative), Stop);

        Assert.Equal(503, (int)answer.StatusCode);
        Assert.Equal("""{"status":"unavailable"}""", await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
        Assert.Contains(app.Log, line => line.StartsWith("300 Not ready: tables", StringComparison.Ordinal));
        Assert.Contains(app.Log, line => line.StartsWith("300 Not ready: blobs", StringComparison.Ordinal));
    }
}

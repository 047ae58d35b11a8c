using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Testing;

namespace VbsFunctions.Tests.Telemetry;

public sealed class ExportTests(AzuriteFixture azurite)
{
    private const string AnyKey = "InstrumentationKey=00000000-0000-0000-0000-000000000001";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_collector_gets_spans_metrics_and_logs()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = Collector(received);
        await collector.StartAsync(Stop);

        await using (var app = await WatchedApp.StartAsync(
            azurite, $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Urls.Single()}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"))
        {
            using var request = app.Traced(HttpMethod.Get, $"/v3/{WatchedApp.ProjectId}/backups/none");
            using var answer = await app.Http.SendAsync(request, Stop);
            Assert.Equal(404, (int)answer.StatusCode);
            await app.StopAsync();
        }

        Assert.Contains("function ShowBackupV3", received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("vbs.requests.refused", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("orchestrations go on", received["/v1/logs"], StringComparison.Ordinal);
        Assert.All(received.Values, sent => Assert.DoesNotContain(WatchedApp.Token, sent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--OTEL_EXPORTER_OTLP_ENDPOINT=localhost", "OTEL_EXPORTER_OTLP_ENDPOINT must be an absolute http or https URI, such as http://127.0.0.1:4317.")]
    [InlineData("--OTEL_EXPORTER_OTLP_ENDPOINT=ftp://collector", "OTEL_EXPORTER_OTLP_ENDPOINT must be an absolute http or https URI, such as http://127.0.0.1:4317.")]
    [InlineData(
        "--APPLICATIONINSIGHTS_CONNECTION_STRING=InstrumentationKey=none",
        "APPLICATIONINSIGHTS_CONNECTION_STRING must be a connection string with an InstrumentationKey, as Application Insights shows it.")]
    [InlineData(
        "--APPLICATIONINSIGHTS_AUTHENTICATION_STRING=ClientId=x",
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING must be Authorization=AAD, or ClientId=<client id>;Authorization=AAD.")]
    public async Task A_wrong_setting_stops_the_start_with_what_is_allowed(string setting, string sentence)
    {
        var stopped = await Assert.ThrowsAsync<OptionsValidationException>(() => WatchedApp.StartAsync(azurite, setting));

        Assert.Equal(sentence, Assert.Single(stopped.Failures));
    }

    [Fact]
    public async Task Application_Insights_is_registered_by_its_connection_string_and_an_identity()
    {
        // Nobody listens there: what is exported is lost, and the app runs on.
        await using var app = await WatchedApp.StartAsync(
            azurite,
            $"--APPLICATIONINSIGHTS_CONNECTION_STRING={AnyKey};IngestionEndpoint=https://127.0.0.1:1/",
            "--APPLICATIONINSIGHTS_AUTHENTICATION_STRING=ClientId=00000000-0000-0000-0000-000000000002;Authorization=AAD");

        using var answer = await app.Http.GetAsync(new Uri("/health", UriKind.Relative), Stop);

        Assert.Equal(200, (int)answer.StatusCode);
    }

    private static WebApplication Collector(ConcurrentDictionary<string, string> received)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.AddOrUpdate(context.Request.Path, _ => Text(body), (_, before) => before + Text(body));
            context.Response.StatusCode = StatusCodes.Status200OK;
        });
        return collector;
    }

    // Protobuf has its strings in UTF-8, as they are.
    private static string Text(MemoryStream body) => Encoding.Latin1.GetString(body.ToArray());
}

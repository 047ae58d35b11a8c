using System.Net;
using System.Net.Sockets;

namespace LocalRuntime.Tests.Hosting;

public sealed class ProcessTests
{
    [Fact]
    public async Task A_start_says_one_line_and_serves()
    {
        var url = AppProcess.FreeUrl();
        await using var app = AppProcess.Start(url);

        Assert.Equal($"Listening on {url.GetLeftPart(UriPartial.Authority)}", await app.ReadLineAsync());
        Assert.Equal("Hello Development", await GetAsync(app, "test/Greet"));
    }

    [Fact]
    public async Task The_environment_overrides_local_settings()
    {
        await using var app = AppProcess.Start(AppProcess.FreeUrl(), ("Greeting__Text", "Bonjour"), ("AZURE_FUNCTIONS_ENVIRONMENT", "Staging"));
        await app.ReadLineAsync();

        Assert.Equal("Bonjour Staging", await GetAsync(app, "test/Greet"));
    }

    [Fact]
    public async Task A_stop_lets_a_request_end_and_is_silent()
    {
        await using var app = AppProcess.Start(AppProcess.FreeUrl());
        await app.ReadLineAsync();
        using var response = await app.Client.GetAsync(
            new Uri("test/Last", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        await app.TerminateAsync();

        Assert.Equal("begun ended", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((0, "", ""), await app.EndAsync());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_sentence_and_exit_code_1()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var app = AppProcess.Start(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));

        Refused(await app.EndAsync(), "address already in use");
    }

    [Fact]
    public async Task An_invalid_option_is_one_sentence_and_exit_code_1()
    {
        await using var app = AppProcess.Start(AppProcess.FreeUrl(), ("Greeting__Text", ""));

        Refused(await app.EndAsync(), "Text");
    }

    [Fact]
    public async Task An_invalid_host_json_is_one_sentence_and_exit_code_1()
    {
        await using var app = AppProcess.Start(AppProcess.FreeUrl(), ("AzureFunctionsJobHost__logging__logLevel__default", "Loud"));

        Refused(await app.EndAsync(), "logging.logLevel.default is 'Loud'");
    }

    [Theory]
    [InlineData("http://127.0.0.1:notaport")]
    [InlineData("https://127.0.0.1:7071")]
    [InlineData("7071")]
    public async Task An_address_that_is_none_is_one_sentence_and_exit_code_1(string address)
    {
        await using var app = AppProcess.Start(AppProcess.FreeUrl(), address);

        Refused(await app.EndAsync(), address);
    }

    private static void Refused((int Code, string Output, string Error) end, string reason)
    {
        Assert.Equal((1, ""), (end.Code, end.Output));
        Assert.Contains(reason, Assert.Single(end.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static Task<string> GetAsync(AppProcess app, string path) =>
        app.Client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
}

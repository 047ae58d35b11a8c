using System.Net;
using LocalRuntime.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Tests.Functions.Http;

public sealed class HostPathTests
{
    [Theory]
    [InlineData("GET", "/admin/host/status", "200 {\"state\":\"Running\"}")]
    [InlineData("GET", "/Admin/Host/Status", "200 {\"state\":\"Running\"}")]
    [InlineData("POST", "/admin/host/status", "200 Unknown POST admin/host/status")]
    [InlineData("GET", "/admin/host/ping", "200 ")]
    [InlineData("GET", "/admin/instance/http-health", "200 ")]
    [InlineData("GET", "/admin/functions", "401 ")]
    [InlineData("GET", "/ADMIN/functions/Known/keys/", "401 ")]
    [InlineData("POST", "/admin/host/restart", "401 ")]
    [InlineData("PUT", "/admin/host/systemkeys/x", "401 ")]
    [InlineData("GET", "/admin/host/otherkeys", "200 Unknown GET admin/host/otherkeys")]
    [InlineData("PATCH", "/admin/vfs/host.json", "401 ")]
    [InlineData("GET", "/admin/vfsx", "200 Unknown GET admin/vfsx")]
    [InlineData("GET", "/admin", "200 Unknown GET admin")]
    [InlineData("GET", "/admin/x", "200 Unknown GET admin/x")]
    [InlineData("GET", "/runtime/webhooks/durabletask/instances/x", "401 ")]
    [InlineData("POST", "/runtime/webhooks/x", "401 ")]
    [InlineData("PATCH", "/runtime/webhooks/x", "200 Unknown PATCH runtime/webhooks/x")]
    [InlineData("GET", "/runtime/webhooks", "200 Unknown GET runtime/webhooks")]
    [InlineData("GET", "/?x=1", "200 Unknown GET ")]
    [InlineData("GET", "/runtime", "200 Unknown GET runtime")]
    [InlineData("GET", "/administrators", "200 Unknown GET administrators")]
    [InlineData("GET", "/", "200 Unknown GET ")]
    [InlineData("DELETE", "/Known", "200 Unknown DELETE Known")]
    [InlineData("GET", "/Known", "200 Known")]
    [InlineData("PROPFIND", "/anything", "404 ")]
    [InlineData("GET", "/a//b", "200 Unknown GET a//b")]
    [InlineData("GET", "/a/%2F/b", "200 Unknown GET a/%2F/b")]
    public async Task The_hosts_own_paths_stay_its_own_and_a_catch_all_takes_the_rest(string method, string path, string answer)
    {
        await using var app = await RunningApp.StartAsync(typeof(WithCatchAll));

        Assert.Equal(answer, await app.AskAsync(method, path));
    }

    [Fact]
    public async Task A_path_that_begins_with_an_empty_segment_matches_no_route_at_all()
    {
        await using var app = await RunningApp.StartAsync(typeof(WithCatchAll));

        using var response = await app.Client.GetAsync(new Uri($"{app.Client.BaseAddress}/anything"), TestContext.Current.CancellationToken);

        Assert.Equal("//anything", response.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal((HttpStatusCode.NotFound, 0), (response.StatusCode, response.Content.Headers.ContentLength));
    }

    [Theory]
    [InlineData("/" + "%00", HttpStatusCode.BadRequest)]
    [InlineData("/Known?x=%00", HttpStatusCode.OK)]
    public async Task A_NUL_in_a_path_is_refused_before_any_function_and_in_a_query_it_is_the_functions_affair(string path, HttpStatusCode status)
    {
        await using var app = await RunningApp.StartAsync(typeof(WithCatchAll));

        using var response = await app.SendAsync("GET", path);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task A_request_line_of_more_than_8_KiB_is_a_414_of_the_server()
    {
        await using var app = await RunningApp.StartAsync(typeof(WithCatchAll));

        using var fits = await app.SendAsync("GET", "/Known?" + new string('x', 8000));
        using var tooLong = await app.SendAsync("GET", "/Known?" + new string('x', 8192));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.RequestUriTooLong), (fits.StatusCode, tooLong.StatusCode));
    }

    [Fact]
    public async Task Without_a_catch_all_the_root_is_the_home_page()
    {
        await using var app = await RunningApp.StartAsync(typeof(WithoutCatchAll));

        using var response = await app.SendAsync("GET", "/");

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_home_page_can_be_turned_off()
    {
        await using var app = await RunningApp.StartAsync(
            builder => builder.Configuration["AzureWebJobsDisableHomepage"] = "true", typeof(WithoutCatchAll));

        Assert.Equal("204 ", await app.AskAsync("GET", "/"));
    }

    [Fact]
    public async Task The_route_prefix_of_host_json_is_before_every_route()
    {
        await using var app = await RunningApp.StartAsync(
            builder => builder.Configuration["AzureFunctionsJobHost:extensions:http:routePrefix"] = "shop", typeof(WithoutCatchAll));

        Assert.Equal("200 Known", await app.AskAsync("GET", "/shop/Known"));
        Assert.Equal("404 ", await app.AskAsync("GET", "/Known"));
    }

    [Fact]
    public async Task An_answer_does_not_name_the_server()
    {
        await using var app = await RunningApp.StartAsync(typeof(WithoutCatchAll));

        using var response = await app.SendAsync("GET", "/Known");

        Assert.Empty(response.Headers.Server);
    }

    private static class WithoutCatchAll
    {
        [Function("Known")]
        public static IResult Known([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Text("Known");
    }

    private static class WithCatchAll
    {
        [Function("Known")]
        public static IResult Known([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Text("Known");

        [Function("Unknown")]
        public static IResult Unknown([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, string? path) =>
            Results.Text($"Unknown {request.Method} {path}");
    }
}

using LocalRuntime.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Tests.Functions.Http;

public sealed class RoutingTests : IAsyncLifetime
{
    private RunningApp app = null!;

    public async ValueTask InitializeAsync() => app = await RunningApp.StartAsync(typeof(Shop));

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("GET", "/items/5", "200 GetItem 5")]
    [InlineData("get", "/items/5", "200 GetItem 5")]
    [InlineData("GET", "/ITEMS/5", "200 GetItem 5")]
    [InlineData("GET", "/items/5/", "200 GetItem 5")]
    [InlineData("GET", "/items/aB", "200 GetItem aB")]
    [InlineData("GET", "/items/a%2Fb", "200 GetItem a%2Fb")]
    [InlineData("GET", "/items/a%20b", "200 GetItem a b")]
    [InlineData("POST", "/items/5", "200 PostItem 5")]
    [InlineData("GET", "/ByName", "200 ByName")]
    [InlineData("GET", "/byname", "200 ByName")]
    [InlineData("GET", "/files/a/b/c.txt", "200 ReadFiles a/b/c.txt")]
    [InlineData("GET", "/files", "200 ReadFiles ")]
    public async Task A_request_goes_to_the_function_of_its_route_and_method(string method, string path, string answer) =>
        Assert.Equal(answer, await app.AskAsync(method, path));

    [Theory]
    [InlineData("DELETE", "/items/5")]
    [InlineData("HEAD", "/items/5")]
    [InlineData("GET", "/nowhere")]
    [InlineData("GET", "/items/5/parts")]
    [InlineData("PROPFIND", "/ByName")]
    [InlineData("CONNECT2", "/ByName")]
    public async Task What_no_function_takes_is_an_empty_404(string method, string path) => Assert.Equal("404 ", await app.AskAsync(method, path));

    [Fact]
    public async Task Of_two_routes_that_match_the_one_of_the_function_first_by_name_wins() =>
        Assert.Equal("200 GetItem special", await app.AskAsync("GET", "/items/special"));

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    public async Task A_function_without_methods_takes_the_usual_eight(string method)
    {
        using var response = await app.SendAsync(method, "/ByName");

        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
    }

    private static class Shop
    {
        [Function("GetItem")]
        public static IResult GetItem([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/{id}")] HttpRequest request, string id) =>
            Results.Text($"GetItem {id}{(request.RouteValues["id"] as string == id ? "" : " differs")}");

        [Function("PostItem")]
        public static IResult PostItem([HttpTrigger(AuthorizationLevel.Anonymous, "POST", Route = "items/{id}")] HttpRequest request, string id) =>
            Results.Text($"{nameof(PostItem)} {id}");

        [Function("SpecialItem")]
        public static IResult SpecialItem([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/special")] HttpRequest request) =>
            Results.Text(nameof(SpecialItem));

        [Function("ByName")]
        public static Task<IResult> ByNameAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            Task.FromResult(Results.Text("ByName"));

        [Function("ReadFiles")]
        public static IResult ReadFiles([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "files/{*path}")] HttpRequest request, string? path) =>
            Results.Text($"{nameof(ReadFiles)} {path}");
    }
}

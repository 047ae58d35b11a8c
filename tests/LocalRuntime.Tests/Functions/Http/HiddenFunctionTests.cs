using LocalRuntime.Functions;
using LocalRuntime.Functions.Http;
using LocalRuntime.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRuntime.Tests.Functions.Http;

public sealed class HiddenFunctionTests
{
    [Fact]
    public async Task A_catch_all_hides_the_functions_after_it_whose_methods_it_takes()
    {
        await using var app = await RunningApp.StartAsync(typeof(Shadowed));

        var hidden = HttpRoutes.Hidden(app.Services.GetRequiredService<FunctionApp>().Http);

        Assert.Equal([("Read", "All")], hidden.Select(pair => (pair.Hidden.Method.Function.Name, pair.By.Method.Function.Name)));
        Assert.Equal("200 All", await app.AskAsync("GET", "/read"));
        Assert.Equal("200 Write", await app.AskAsync("PUT", "/write"));
    }

    private static class Shadowed
    {
        [Function("All")]
        public static IResult All([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{*path}")] HttpRequest request) => Results.Text("All");

        [Function("Read")]
        public static IResult Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "read")] HttpRequest request) => Results.Text("Read");

        [Function("Write")]
        public static IResult Write([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "write")] HttpRequest request) => Results.Text("Write");
    }
}

using System.Net;
using LocalRuntime.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalRuntime.Tests.Functions.Http;

public sealed class InvocationTests
{
    [Theory]
    [InlineData("/convert/5/0b6e8a31-3a53-4ed4-9f5c-4e6a3e0f2a11", "200 5 0b6e8a31-3a53-4ed4-9f5c-4e6a3e0f2a11")]
    [InlineData("/convert/5", "200 5 none")]
    [InlineData("/convert/5x", "500 ")]
    [InlineData("/convert/99999999999", "500 ")]
    [InlineData("/convert/5/nonsense", "500 ")]
    public async Task Route_values_are_converted_as_the_worker_does(string path, string answer) => await AnswersAsync(path, answer);

    [Theory]
    [InlineData("/Throws")]
    [InlineData("/ThrowsLater")]
    [InlineData("/ThrowsAfterHeaders")]
    public async Task An_exception_that_escapes_is_a_500_without_a_body_or_headers(string path)
    {
        await using var app = await RunningApp.StartAsync(typeof(Plain));

        using var response = await app.SendAsync("GET", path);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(0, response.Content.Headers.ContentLength);
        Assert.False(response.Headers.Contains("X-Own"));
    }

    [Fact]
    public async Task A_function_that_returns_nothing_answers_what_it_wrote() => await AnswersAsync("/Writes", "201 written");

    [Fact]
    public async Task An_action_result_is_executed_by_Mvc() => await AnswersAsync("/Action", "409 {\"reason\":\"taken\"}");

    [Fact]
    public async Task Headers_set_on_the_context_arrive_with_the_result()
    {
        await using var app = await RunningApp.StartAsync(typeof(Plain));

        using var response = await app.SendAsync("GET", "/SetsHeader");

        Assert.Equal("yes", Assert.Single(response.Headers.GetValues("X-Own")));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Fact]
    public async Task The_context_names_function_invocation_and_request() => await AnswersAsync("/Context", "200 Context True True GET");

    [Fact]
    public async Task A_class_is_made_for_each_invocation_from_its_own_scope()
    {
        await using var app = await RunningApp.StartAsync(builder => builder.Services.AddScoped<Visit>(), typeof(Instance));

        Assert.Equal("200 1", await app.AskAsync("GET", "/Count"));
        Assert.Equal("200 1", await app.AskAsync("GET", "/Count"));
    }

    [Fact]
    public async Task Middleware_runs_around_the_function_in_its_order()
    {
        await using var app = await RunningApp.StartAsync(
            builder =>
            {
                builder.UseMiddleware((context, next) => Mark(context, next, "outer"));
                builder.UseMiddleware((context, next) => Mark(context, next, "inner"));
            },
            typeof(Plain));

        Assert.Equal("200 outer inner", await app.AskAsync("GET", "/Marks"));
    }

    private static Task Mark(FunctionContext context, Func<Task> next, string mark)
    {
        context.Items["marks"] = context.Items.TryGetValue("marks", out var marks) ? $"{marks} {mark}" : mark;
        return next();
    }

    private static async Task AnswersAsync(string path, string answer)
    {
        await using var app = await RunningApp.StartAsync(typeof(Plain));

        Assert.Equal(answer, await app.AskAsync("GET", path));
    }

    private sealed class Visit
    {
        public int Count { get; set; }
    }

    private sealed class Instance(Visit visit)
    {
        [Function("Count")]
        public IResult Count([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Text($"{++visit.Count}");
    }

    private static class Plain
    {
        [Function("Convert")]
        public static IResult Convert([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "convert/{number}/{id?}")] HttpRequest request, int number, Guid? id) =>
            Results.Text($"{number} {id?.ToString() ?? "none"}");

        [Function("Throws")]
        public static IResult Throws([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => throw new InvalidOperationException("secret");

        [Function("ThrowsLater")]
        public static async Task<IResult> ThrowsLater([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            await Task.Yield();
            throw new OperationCanceledException("secret");
        }

        [Function("ThrowsAfterHeaders")]
        public static IResult ThrowsAfterHeaders([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            request.HttpContext.Response.Headers["X-Own"] = "yes";
            throw new InvalidOperationException("secret");
        }

        [Function("Writes")]
        public static async Task Writes([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, CancellationToken cancellationToken)
        {
            request.HttpContext.Response.StatusCode = StatusCodes.Status201Created;
            await request.HttpContext.Response.WriteAsync("written", cancellationToken);
        }

        [Function("Action")]
        public static Task<IActionResult> Action([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
            Task.FromResult<IActionResult>(new ConflictObjectResult(new { Reason = "taken" }));

        [Function("SetsHeader")]
        public static IResult SetsHeader([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            request.HttpContext.Response.Headers["X-Own"] = "yes";
            return Results.Accepted();
        }

        [Function("Context")]
        public static IResult Context([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, FunctionContext context) =>
            Results.Text($"{context.FunctionDefinition.Name} {Guid.TryParse(context.InvocationId, out _)} {context.GetHttpContext() == request.HttpContext} {request.Method}");

        [Function("Marks")]
        public static IResult Marks([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, FunctionContext context) =>
            Results.Text($"{context.Items["marks"]}");
    }
}

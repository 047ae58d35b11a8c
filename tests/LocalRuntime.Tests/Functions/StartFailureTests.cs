using LocalRuntime.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;

namespace LocalRuntime.Tests.Functions;

public sealed class StartFailureTests
{
    [Theory]
    [InlineData(typeof(Duplicate), "Two functions are named Same")]
    [InlineData(typeof(IllegalName), "'1st'")]
    [InlineData(typeof(ReservedName), "'Host'")]
    [InlineData(typeof(TwoTriggers), "has 2 triggers")]
    [InlineData(typeof(NoTrigger), "has 0 triggers")]
    [InlineData(typeof(UnknownParameter), "nothing supplies its parameter 'other'")]
    [InlineData(typeof(NotInRoute), "nothing supplies its parameter 'id'")]
    [InlineData(typeof(SlashRoute), "cannot be empty or begin with '/'")]
    [InlineData(typeof(EmptyRoute), "cannot be empty or begin with '/'")]
    [InlineData(typeof(BrokenRoute), "is not a template")]
    [InlineData(typeof(WithKey), "AuthorizationLevel.Anonymous")]
    [InlineData(typeof(NotPublic), "must be public")]
    [InlineData(typeof(AsyncVoid), "is async void")]
    [InlineData(typeof(ReturnsValueTask), "returns a ValueTask")]
    [InlineData(typeof(ReturnsText), "returns String")]
    [InlineData(typeof(SameRoute), "First and Second have the same route")]
    [InlineData(typeof(BadSchedule), "'every day' is neither")]
    [InlineData(typeof(MissingSetting), "%Nightly%")]
    public async Task What_the_worker_would_refuse_or_misunderstand_stops_the_start(Type functions, string sentence) =>
        Assert.Contains(sentence, await RunningApp.StartFailureAsync(functions), StringComparison.Ordinal);

    [Fact]
    public async Task Http_functions_without_the_integration_stop_the_start()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Local.OwnsProcess = false;
        builder.Local.FunctionClasses = [typeof(Good)];
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<LocalRuntime.Hosting.StartException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("ConfigureFunctionsWebApplication", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_app_is_built_once()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Local.OwnsProcess = false;
        using var host = builder.Build();

        Assert.Throws<InvalidOperationException>(builder.Build);
    }

    private static class Good
    {
        [Function("Good")]
        public static void Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => request.HttpContext.Response.StatusCode = 204;
    }

    private static class Duplicate
    {
        [Function("Same")]
        public static void One([HttpTrigger(AuthorizationLevel.Anonymous, Route = "one")] HttpRequest request) => Good.Run(request);

        [Function("same")]
        public static void Two([HttpTrigger(AuthorizationLevel.Anonymous, Route = "two")] HttpRequest request) => Good.Run(request);
    }

    private static class IllegalName
    {
        [Function("1st")]
        public static void Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Good.Run(request);
    }

    private static class ReservedName
    {
        [Function("Host")]
        public static void Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Good.Run(request);
    }

    private static class TwoTriggers
    {
        [Function("Two")]
        public static void Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, [TimerTrigger("00:01:00")] TimerInfo timer) =>
            Good.Run(timer.IsPastDue ? null! : request);
    }

    private static class NoTrigger
    {
        [Function("None")]
        public static void Run(HttpRequest request) => Good.Run(request);
    }

    private static class UnknownParameter
    {
        [Function("Unknown")]
        public static void Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, Uri other) => Good.Run(other is null ? null! : request);
    }

    private static class NotInRoute
    {
        [Function("NotInRoute")]
        public static void Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "items/{name}")] HttpRequest request, string id) =>
            Good.Run(id is null ? null! : request);
    }

    private static class SlashRoute
    {
        [Function("Slash")]
        public static void Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "/")] HttpRequest request) => Good.Run(request);
    }

    private static class EmptyRoute
    {
        [Function("Empty")]
        public static void Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "")] HttpRequest request) => Good.Run(request);
    }

    private static class BrokenRoute
    {
        [Function("Broken")]
        public static void Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "a/{b")] HttpRequest request) => Good.Run(request);
    }

    private static class WithKey
    {
        [Function("WithKey")]
        public static void Run([HttpTrigger("get")] HttpRequest request) => Good.Run(request);
    }

    private static class NotPublic
    {
        [Function("NotPublic")]
        internal static void Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Good.Run(request);
    }

    private static class AsyncVoid
    {
        [Function("AsyncVoid")]
        public static async void Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => await request.Body.FlushAsync();
    }

    private static class ReturnsValueTask
    {
        [Function("ReturnsValueTask")]
        public static ValueTask Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => request.Body.DisposeAsync();
    }

    private static class ReturnsText
    {
        [Function("ReturnsText")]
        public static string Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => request.Method;
    }

    private static class SameRoute
    {
        [Function("First")]
        public static void One([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", Route = "same")] HttpRequest request) => Good.Run(request);

        [Function("Second")]
        public static void Two([HttpTrigger(AuthorizationLevel.Anonymous, "PUT", Route = "Same")] HttpRequest request) => Good.Run(request);
    }

    private static class BadSchedule
    {
        [Function("Bad")]
        public static void Run([TimerTrigger("every day")] TimerInfo timer) => Assert.NotNull(timer);
    }

    private static class MissingSetting
    {
        [Function("Missing")]
        public static void Run([TimerTrigger("%Nightly%")] TimerInfo timer) => Assert.NotNull(timer);
    }
}

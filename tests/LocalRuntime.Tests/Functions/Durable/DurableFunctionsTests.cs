using Azure;
using Azure.Data.Tables;
using LocalRuntime.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Testing;

namespace LocalRuntime.Tests.Functions.Durable;

public sealed class DurableFunctionsTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_request_starts_an_orchestration_that_calls_activities_and_returns_their_results()
    {
        await using var app = await StartAsync(typeof(Sum));

        Assert.Equal("200 {\"Total\":6,\"By\":\"sum-1\"}", await app.AskAsync("GET", "/Start/sum-1/1/2"));
    }

    [Fact]
    public async Task An_exception_of_an_activity_reaches_the_orchestrator_with_its_type_and_message()
    {
        await using var app = await StartAsync(typeof(Sum));

        Assert.Equal("200 System.InvalidOperationException: not this", await app.AskAsync("GET", "/StartFailing/fail-1"));
    }

    [Fact]
    public async Task An_orchestration_goes_on_when_the_app_starts_again()
    {
        var hub = AzuriteFixture.UniqueName("hub");
        await using (var first = await StartAsync(hub, typeof(Waiting)))
        {
            Assert.Equal("200 Running", await first.AskAsync("GET", "/Begin/wait-1"));
        }

        await using var second = await StartAsync(hub, typeof(Waiting));
        Assert.Equal("200 \"woken\"", await second.AskAsync("GET", "/Wake/wait-1"));
    }

    [Fact]
    public async Task An_app_stops_when_another_process_has_taken_its_journal()
    {
        var hub = AzuriteFixture.UniqueName("hub");
        await using var app = await StartAsync(hub, typeof(Waiting));
        var stopping = new TaskCompletionSource();
        app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        var journal = azurite.Tables.GetTableClient($"{hub}Journal");

        // Found out at the next renewal, within ten seconds.
        await journal.UpdateEntityAsync(
            new TableEntity("@lease", "lease") { ["Token"] = Guid.Empty }, ETag.All, cancellationToken: TestContext.Current.CancellationToken);

        await stopping.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    private Task<RunningApp> StartAsync(params Type[] classes) => StartAsync(AzuriteFixture.UniqueName("hub"), classes);

    private Task<RunningApp> StartAsync(string hub, params Type[] classes) => RunningApp.StartAsync(
        builder =>
        {
            builder.Configuration["AzureWebJobsStorage"] = azurite.ConnectionString;
            builder.Configuration["AzureFunctionsJobHost:extensions:durableTask:hubName"] = hub;
            builder.Services.AddScoped<Adder>();
        },
        classes);

    private sealed record Numbers(int First, int Second);

    private sealed record Total(int Value, string By);

    private sealed class Adder
    {
        private int total;

        public int Add(int number) => total += number;
    }

    private sealed class Sum(Adder adder)
    {
        [Function("Start")]
        public static async Task<IResult> Start(
            [HttpTrigger(AuthorizationLevel.Anonymous, Route = "Start/{id}/{first}/{second}")] HttpRequest request,
            string id,
            int first,
            int second,
            [DurableClient] DurableTaskClient client,
            CancellationToken cancellationToken)
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(AddAll), new Numbers(first, second), new StartOrchestrationOptions(id), cancellationToken);
            var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, cancellationToken);
            return Results.Text(ended.SerializedOutput!.Replace("Value", "Total", StringComparison.Ordinal));
        }

        [Function("StartFailing")]
        public static async Task<IResult> StartFailing(
            [HttpTrigger(AuthorizationLevel.Anonymous, Route = "StartFailing/{id}")] HttpRequest request,
            string id,
            [DurableClient] DurableTaskClient client,
            CancellationToken cancellationToken)
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(Recover), new StartOrchestrationOptions(id), cancellationToken);
            var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, cancellationToken);
            return Results.Text(ended.ReadOutputAs<string>());
        }

        [Function(nameof(AddAll))]
        public static async Task<Total> AddAll([OrchestrationTrigger] TaskOrchestrationContext context, Numbers numbers)
        {
            var added = await Task.WhenAll(
                context.CallActivityAsync<int>(nameof(Add), numbers.First), context.CallActivityAsync<int>(nameof(Add), numbers.Second));
            return new Total(added.Sum() + await context.CallActivityAsync<int>(nameof(Three)), await context.CallActivityAsync<string>(nameof(WhoAsks)));
        }

        [Function(nameof(Recover))]
        public static async Task<string> Recover([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            try
            {
                await context.CallActivityAsync(nameof(Fails));
                return "nothing";
            }
            catch (TaskFailedException failed)
            {
                return $"{failed.FailureDetails.ErrorType}: {failed.FailureDetails.ErrorMessage}";
            }
        }

        [Function(nameof(Add))]
        public async Task<int> Add([ActivityTrigger] int number)
        {
            await Task.Yield();
            return adder.Add(number);
        }

        [Function(nameof(Three))]
        public static int Three([ActivityTrigger] FunctionContext context) => context.FunctionDefinition.Name == nameof(Three) ? 3 : 0;

        [Function(nameof(WhoAsks))]
        public static string WhoAsks([ActivityTrigger] string? nothing, string instanceId) => nothing ?? instanceId;

        [Function(nameof(Fails))]
        public static Task Fails([ActivityTrigger] string? nothing) => throw new InvalidOperationException($"not this{nothing}");
    }

    private static class Waiting
    {
        [Function("Begin")]
        public static async Task<IResult> Begin(
            [HttpTrigger(AuthorizationLevel.Anonymous, Route = "Begin/{id}")] HttpRequest request,
            string id,
            [DurableClient] DurableTaskClient client,
            CancellationToken cancellationToken)
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(Wait), new StartOrchestrationOptions(id), cancellationToken);
            var begun = await client.WaitForInstanceStartAsync(id, cancellationToken);
            return Results.Text($"{begun.RuntimeStatus}");
        }

        [Function("Wake")]
        public static async Task<IResult> Wake(
            [HttpTrigger(AuthorizationLevel.Anonymous, Route = "Wake/{id}")] HttpRequest request,
            string id,
            [DurableClient] DurableTaskClient client,
            CancellationToken cancellationToken)
        {
            await client.RaiseEventAsync(id, "wake", "woken", cancellationToken);
            var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, cancellationToken);
            return Results.Text(ended.SerializedOutput);
        }

        [Function(nameof(Wait))]
        public static Task<string> Wait([OrchestrationTrigger] TaskOrchestrationContext context) => context.WaitForExternalEvent<string>("wake");
    }
}

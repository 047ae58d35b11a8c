using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.DurableTask;
using Testing;

namespace LocalRuntime.Tests.Durable;

public sealed class LostAnswerTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_whose_answers_are_lost_count_once()
    {
        await using var hub = new TestHub(azurite);
        var effects = 0;
        hub.Activities.Add(Define.Activity<string, string>("Echo", x =>
        {
            Interlocked.Increment(ref effects);
            return x;
        }));
        hub.Orchestrators.Add(Define.Orchestrator("Echo", context => context.CallActivityAsync<string>("Echo", context.GetInput<string>())));
        var losses = new LosesFirstAnswers();
        await using var engine = hub.NewEngine(losses, HttpPipelinePosition.PerRetry);
        await engine.StartAsync(Cancellation);
        var options = new StartOrchestrationOptions("one");

        foreach (var input in (string[])["first", "second"])
        {
            await engine.Client.ScheduleNewOrchestrationInstanceAsync("Echo", input, options, Cancellation);
            var ended = await engine.Client.WaitForInstanceCompletionAsync("one", getInputsAndOutputs: true, Cancellation);
            Assert.Equal(input, ended.ReadOutputAs<string>());
        }

        await engine.StopAsync(Cancellation);
        Assert.False(engine.LeaseLost.IsCompleted);
        Assert.Equal(2, effects);
        Assert.InRange(losses.Count, 8, 20);
    }

    /// <summary>Lets every write through and loses the answer to its first attempt, so that the SDK repeats a write that was done.</summary>
    private sealed class LosesFirstAnswers : HttpPipelinePolicy
    {
        private int count;

        public int Count => Volatile.Read(ref count);

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            await ProcessNextAsync(message, pipeline);
            if (message.Request.Method != RequestMethod.Get && message.ProcessingContext.RetryNumber == 0)
            {
                Interlocked.Increment(ref count);
                throw new RequestFailedException("The answer is lost.");
            }
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
    }
}

using System.Globalization;
using LocalRuntime.Durable;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Testing;

namespace LocalRuntime.Tests.Durable;

public sealed class FailureTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failed_activity_is_repeated_by_policy_until_it_succeeds()
    {
        var calls = 0;
        var ended = await RunAsync(
            Define.Activity<string?, int>("Unsteady", (Func<string?, int>)(_ => Interlocked.Increment(ref calls) < 3 ? throw new IOException("busy") : calls)),
            context => context.CallActivityAsync<int>("Unsteady", TaskOptions.FromRetryPolicy(new RetryPolicy(5, Soon, 2))));

        Assert.Equal(3, ended.ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_policy_ends_after_its_attempts_with_the_last_failure()
    {
        var calls = 0;
        var ended = await RunAsync(
            Define.Activity<string?, int>("Broken", (Func<string?, int>)(_ => throw new IOException($"attempt {++calls}", new TimeoutException("inner")))),
            context => context.CallActivityAsync<int>("Broken", TaskOptions.FromRetryPolicy(new RetryPolicy(3, Soon))));

        Assert.Equal(3, calls);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(typeof(TaskFailedException).FullName, ended.FailureDetails!.ErrorType);
        var cause = ended.FailureDetails.InnerFailure!;
        Assert.Equal("attempt 3", cause.ErrorMessage);
        Assert.True(cause.IsCausedBy<IOException>());
        Assert.True(cause.IsCausedBy<SystemException>());
        Assert.False(cause.IsCausedBy<TimeoutException>());
        Assert.True(cause.InnerFailure!.IsCausedBy<TimeoutException>());
        Assert.NotNull(cause.StackTrace);
    }

    [Fact]
    public async Task A_policy_repeats_only_what_it_handles()
    {
        var calls = 0;
        var policy = new RetryPolicy(5, Soon) { HandleFailure = failure => !failure.IsCausedBy<FormatException>() };
        var ended = await RunAsync(
            Define.Activity<string?, int>("Broken", (Func<string?, int>)(_ => throw (++calls == 1 ? new IOException() : new FormatException("for good")))),
            async context =>
            {
                try
                {
                    return await context.CallActivityAsync<string>("Broken", TaskOptions.FromRetryPolicy(policy));
                }
                catch (TaskFailedException failed)
                {
                    return $"{failed.TaskName} #{failed.TaskId}: {failed.FailureDetails.ErrorMessage}";
                }
            });

        Assert.Equal(2, calls);
        // Task 0 is the first call, 1 the pause, 2 the second call.
        Assert.Equal("Broken #2: for good", ended.ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_policy_begins_no_repeat_after_its_time_limit()
    {
        var calls = 0;
        var ended = await RunAsync(
            Define.Activity<string?, int>("Broken", (Func<string?, int>)(_ => throw new IOException($"{++calls}"))),
            context => context.CallActivityAsync<int>("Broken", TaskOptions.FromRetryPolicy(
                new RetryPolicy(1000, TimeSpan.FromMilliseconds(150), retryTimeout: TimeSpan.FromMilliseconds(400)))));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.InRange(calls, 2, 4);
    }

    [Fact]
    public async Task A_handler_repeats_while_it_says_so()
    {
        var attempts = new List<int>();
        var ended = await RunAsync(
            Define.Activity<string?, int>("Broken", (Func<string?, int>)(_ => throw new IOException("no"))),
            context => context.CallActivityAsync<int>("Broken", TaskOptions.FromRetryHandler(async retry =>
            {
                await retry.OrchestrationContext.CreateTimer(Soon, retry.CancellationToken);
                if (!retry.OrchestrationContext.IsReplaying)
                {
                    attempts.Add(retry.LastAttemptNumber);
                }

                return retry.LastAttemptNumber < 3 && retry.LastFailure.IsCausedBy<IOException>();
            })));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal([1, 2, 3], attempts);
    }

    [Fact]
    public async Task An_exception_of_the_code_fails_the_instance()
    {
        var ended = await RunAsync<int>(
            Define.Activity<int, int>("Unused", x => x),
            _ => throw new InvalidOperationException("as it is"));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal("System.InvalidOperationException", ended.FailureDetails!.ErrorType);
        Assert.Equal("as it is", ended.FailureDetails.ErrorMessage);
    }

    [Fact]
    public async Task An_activity_that_does_not_exist_fails_the_call()
    {
        var ended = await RunAsync(Define.Activity<int, int>("Unused", x => x), context => context.CallActivityAsync<int>("Missing"));

        Assert.Contains("'Missing' doesn't exist", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_does_not_fit_fails_the_instance()
    {
        var ended = await RunAsync(Define.Activity<int, int>("Unused", x => x), _ => Task.FromResult(new string('x', 400_000)));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("320000 bytes", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_megabytes_in_one_step_are_recorded_and_read_again()
    {
        var payload = string.Concat(Enumerable.Range(0, 20_000).Select(x => x.ToString("d5", CultureInfo.InvariantCulture)));
        var ended = await RunAsync(
            Define.Activity<string, string>("Echo", x => x),
            async context =>
            {
                var echoes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => context.CallActivityAsync<string>("Echo", payload)));
                await context.CreateTimer(Soon, CancellationToken.None);
                return echoes.Count(echo => echo == payload);
            });

        Assert.Equal(100, ended.ReadOutputAs<int>());
    }

    private async Task<OrchestrationMetadata> RunAsync<T>(ActivityDefinition activity, Func<TaskOrchestrationContext, Task<T>> code)
    {
        await using var hub = new TestHub(azurite);
        hub.Activities.Add(activity);
        hub.Orchestrators.Add(Define.Orchestrator("Code", code));
        var engine = await hub.StartAsync();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Code", Cancellation);
        return await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);
    }
}

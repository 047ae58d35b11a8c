using Azure.Data.Tables;
using LocalRuntime.Durable.Journal;
using Microsoft.DurableTask;
using Microsoft.Extensions.Time.Testing;
using Testing;

namespace LocalRuntime.Tests.Durable;

public sealed class LeaseTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);
    private static readonly LeaseOwner Elsewhere = new("elsewhere", 1, DateTimeOffset.UnixEpoch);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_holder_that_was_killed_on_this_machine_is_followed_at_once()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        var table = await NewTableAsync();
        using var dead = Lease(table, LeaseOwner.ThisProcess() with { ProcessId = int.MaxValue }, clock);
        using var reused = Lease(table, LeaseOwner.ThisProcess() with { StartedAt = DateTimeOffset.UnixEpoch }, clock);
        using var next = Lease(table, LeaseOwner.ThisProcess(), clock);

        await dead.TakeAsync(Cancellation);
        await reused.TakeAsync(Cancellation);
        await next.TakeAsync(Cancellation);

        await Assert.ThrowsAsync<LeaseLostException>(() => dead.RenewAsync(Cancellation));
        await next.RenewAsync(Cancellation);
    }

    [Fact]
    public async Task A_holder_elsewhere_is_followed_at_its_expiry()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        var table = await NewTableAsync();
        using var first = Lease(table, Elsewhere, clock);
        using var second = Lease(table, LeaseOwner.ThisProcess(), clock);
        await first.TakeAsync(Cancellation);

        clock.Advance(Duration);
        await second.TakeAsync(Cancellation);

        await Assert.ThrowsAsync<LeaseLostException>(() => first.EnsureHeldAsync(Cancellation));
        Assert.True(first.IsLost);
    }

    [Fact]
    public async Task A_holder_that_slept_past_its_expiry_goes_on_if_nobody_took_the_journal()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        using var lease = Lease(await NewTableAsync(), Elsewhere, clock);
        await lease.TakeAsync(Cancellation);

        clock.Advance(TimeSpan.FromHours(8));
        await lease.EnsureHeldAsync(Cancellation);

        Assert.False(lease.IsLost);
    }

    [Fact]
    public async Task A_journal_in_use_is_refused_with_the_holder_in_the_message()
    {
        var table = await NewTableAsync();
        var clock = new WaitedForClock();
        using var first = Lease(table, Elsewhere, TimeProvider.System);
        using var second = Lease(table, LeaseOwner.ThisProcess(), clock);
        await first.TakeAsync(Cancellation);

        // The second has looked when its clock is asked for a timer; then the first renews.
        var refusal = second.TakeAsync(Cancellation);
        await clock.Waiting.WaitAsync(Cancellation);
        await first.RenewAsync(Cancellation);
        clock.Advance(2 * Duration);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => refusal);
        Assert.Contains("Process 1 on elsewhere", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zombie_does_not_change_what_its_successor_has_written()
    {
        await using var hub = new TestHub(azurite);
        hub.Orchestrators.Add(Define.Orchestrator("Wait", async context =>
            $"{await context.WaitForExternalEvent<string>("Go")} {await context.WaitForExternalEvent<string>("Go")}"));
        var zombie = await hub.StartAsync();
        var id = await zombie.Client.ScheduleNewOrchestrationInstanceAsync("Wait", Cancellation);
        await zombie.Client.WaitForInstanceStartAsync(id, Cancellation);

        var heir = await hub.StartAsync();
        await heir.Client.RaiseEventAsync(id, "Go", "heir", Cancellation);
        await Assert.ThrowsAsync<InvalidOperationException>(() => zombie.Client.RaiseEventAsync(id, "Go", "zombie", Cancellation));
        await zombie.LeaseLost.WaitAsync(Cancellation);
        await heir.Client.RaiseEventAsync(id, "Go", "again", Cancellation);
        var ended = await heir.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);

        Assert.Equal("heir again", ended.ReadOutputAs<string>());
        await Assert.ThrowsAsync<LeaseLostException>(
            () => zombie.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions("late"), Cancellation));
    }

    private static JournalLease Lease(TableClient table, LeaseOwner owner, TimeProvider clock) =>
        new(table, owner, Guid.CreateVersion7(), Duration, clock);

    private async Task<TableClient> NewTableAsync()
    {
        var table = azurite.Tables.GetTableClient(AzuriteFixture.UniqueName("Lease"));
        await table.CreateAsync(Cancellation);
        return table;
    }

    /// <summary>A clock at the present that stands still, and says when somebody waits for it.</summary>
    private sealed class WaitedForClock() : FakeTimeProvider(System.GetUtcNow())
    {
        private readonly TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Waiting => waiting.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            waiting.TrySetResult();
            return timer;
        }
    }
}

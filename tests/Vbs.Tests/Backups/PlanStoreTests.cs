using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Testing;
using Vbs.Backups;
using Vbs.Restores;
using Vbs.Tests.Backups.Chunks;

namespace Vbs.Tests.Backups;

public sealed class PlanStoreTests(AzuriteFixture azurite)
{
    private readonly PlannerRun run = new(azurite);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1_000_000)]
    public async Task A_segment_that_is_not_in_the_plan_is_a_fault(int index)
    {
        await PlanAsync();

        await Assert.ThrowsAsync<RestoreFaultException>(() => run.Plans.ReadSegmentAsync(run.Id, index, Stop));
    }

    [Fact]
    public async Task A_restore_without_a_plan_is_a_fault()
    {
        var segment = await Assert.ThrowsAsync<RestoreFaultException>(() => run.Plans.ReadSegmentAsync(run.Id, 0, Stop));
        var digests = await Assert.ThrowsAsync<RestoreFaultException>(() => run.Plans.ReadDigestsAsync(run.Id, 0, 1, Stop));

        Assert.Equal(RestoreFault.Data($"{run.Id}/plan of the restore is missing or shorter than its plan says."), segment.Fault);
        Assert.Equal(RestoreFault.Data($"{run.Id}/digests of the restore is missing or shorter than its plan says."), digests.Fault);
    }

    [Theory]
    [InlineData(0, 9)]
    [InlineData(7, 2)]
    [InlineData(8, 1)]
    public async Task Digests_past_the_content_are_a_fault(long first, int blocks)
    {
        await PlanAsync();

        Assert.Equal(8 * 32, (await run.Plans.ReadDigestsAsync(run.Id, 0, 8, Stop)).Length);
        await Assert.ThrowsAsync<RestoreFaultException>(() => run.Plans.ReadDigestsAsync(run.Id, first, blocks, Stop));
    }

    [Fact]
    public async Task Deleting_leaves_nothing_and_may_be_repeated()
    {
        await PlanAsync();

        await run.Plans.DeleteAsync(run.Id, Stop);
        await run.Plans.DeleteAsync(run.Id, Stop);

        Assert.Empty(await run.BlobsAsync());
    }

    [Fact]
    public async Task Deleting_before_there_is_a_container_is_harmless() => await run.Plans.DeleteAsync(run.Id, Stop);

    [Fact]
    public async Task A_segment_costs_two_requests()
    {
        await PlanAsync();
        using var network = new CuttingNetwork(cuts: 0);
        var options = new BlobClientOptions { Transport = new HttpClientTransport(network) };
        var plans = new PlanStore(new BlobContainerClient(azurite.ConnectionString, run.Restores.Name, options));

        await plans.ReadSegmentAsync(run.Id, 0, Stop);

        Assert.Equal(2, network.Answers);
    }

    private async Task PlanAsync()
    {
        var content = ABackup.Bytes(4096);
        var backup = ABackup.Of().With(0, content).WithDigests(content);
        await backup.UploadAsync(run.Backups);
        await run.PlanAsync(backup.Record, (_, _) => Task.FromResult<Backup?>(null));
    }
}

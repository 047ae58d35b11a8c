using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Testing;
using Vbs.Catalog;
using Vbs.Catalog.Listing;
using Vbs.Catalog.Volumes;
using Vbs.Restores;
using Vbs.Tests.Catalog;
using Vbs.Tests.Restores;
using Vbs.Volumes;

namespace Vbs.Tests;

public sealed class VolumeLifecycleTests(AzuriteFixture azurite)
{
    private const int MostRequests = 12;

    private readonly TableClient rows = azurite.Tables.GetTableClient(AzuriteFixture.UniqueName("lifecycle"));
    private readonly string container = AzuriteFixture.UniqueName("lifecycle");
    private readonly FakeTimeProvider time = new(Records.CreatedAt);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private PageBlobClient Blob => azurite.Blobs.GetBlobContainerClient(container).GetPageBlobClient($"{Records.Project}/{Records.Volume().Id}.vhd");

    [Fact]
    public async Task A_volume_is_made_with_record_bytes_and_place_in_the_list_and_nothing_is_left_to_do()
    {
        await rows.CreateAsync(Stop);

        var made = await Process().CreateAsync(Records.Volume() with { Name = "data" }, Stop);

        Assert.Equal(Records.Volume() with { Name = "data", UpdatedAt = time.GetUtcNow() }, made);
        Assert.Equal(made, await FindAsync());
        Assert.Equal((10L << 30) + VhdFooter.Bytes, (await Blob.GetPropertiesAsync(cancellationToken: Stop)).Value.ContentLength);
        Assert.Equal([made], await ListAsync());
        Assert.Empty(await WorkAsync());
    }

    [Fact]
    public async Task A_deleted_volume_leaves_nothing()
    {
        await MadeAsync();

        Assert.Null(await Process().DeleteAsync(Records.Project, Records.Volume().Id, mayDelete: true, Stop));

        await AssertGoneAsync();
        Assert.Equal(RefusalKind.NotFound, (await Process().DeleteAsync(Records.Project, Records.Volume().Id, mayDelete: true, Stop))?.Kind);
    }

    [Fact]
    public async Task A_making_cut_short_anywhere_is_finished_or_forgotten_by_the_sweep()
    {
        var outcomes = new HashSet<bool>();
        for (var request = 1; request <= MostRequests; request++)
        {
            var test = new VolumeLifecycleTests(azurite);
            await test.rows.CreateAsync(Stop);
            var died = await DiesAsync(() => test.Process(new RequestWatch(request)).CreateAsync(Records.Volume(), Stop));

            await test.SweepLongAfterAsync();

            var volume = await test.FindAsync();
            outcomes.Add(volume is not null);
            Assert.True(volume is null or { Status: VolumeStatus.Available }, $"After request {request} it is {volume?.Status}.");
            Assert.Equal(volume is not null, await test.BlobIsThereAsync());
            Assert.Equal(volume is null ? [] : [volume], await test.ListAsync());
            Assert.Empty(await test.WorkAsync());
            Assert.True(died || request == MostRequests || volume is not null);
        }

        Assert.Equal(2, outcomes.Count); // The test has seen both.
    }

    [Fact]
    public async Task A_deletion_cut_short_anywhere_is_finished_or_forgotten_by_the_sweep()
    {
        var outcomes = new HashSet<bool>();
        for (var request = 1; request <= MostRequests; request++)
        {
            var test = new VolumeLifecycleTests(azurite);
            await test.MadeAsync();
            await DiesAsync(() => test.Process(new RequestWatch(request)).DeleteAsync(Records.Project, Records.Volume().Id, mayDelete: true, Stop));

            await test.SweepLongAfterAsync();

            var volume = await test.FindAsync();
            outcomes.Add(volume is not null);
            Assert.True(volume is null or { Status: VolumeStatus.Available }, $"After request {request} it is {volume?.Status}.");
            Assert.Equal(volume is not null, await test.BlobIsThereAsync());
            Assert.Equal(volume is null ? 0 : 1, (await test.ListAsync()).Count);
            Assert.Empty(await test.WorkAsync());
        }

        Assert.Equal(2, outcomes.Count);
    }

    [Fact]
    public async Task A_disk_in_use_is_not_deleted_and_nothing_changes()
    {
        var made = await MadeAsync();
        var lease = Blob.GetBlobLeaseClient();
        await lease.AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration, cancellationToken: Stop);

        var refusal = await Process().DeleteAsync(Records.Project, Records.Volume().Id, mayDelete: true, Stop);

        Assert.Equal(RefusalKind.Invalid, refusal?.Kind);
        Assert.Equal(made, await FindAsync());
        Assert.Empty(await WorkAsync());
    }

    [Fact]
    public async Task A_disk_leased_after_it_was_asked_goes_when_the_lease_does()
    {
        await MadeAsync();
        var lease = Blob.GetBlobLeaseClient();
        var inBetween = RequestHook.OnVolumeNotes(async send =>
        {
            await lease.AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration, cancellationToken: Stop);
            await send();
        });

        Assert.Null(await Process(inBetween).DeleteAsync(Records.Project, Records.Volume().Id, mayDelete: true, Stop));
        Assert.Equal(VolumeStatus.Deleting, (await FindAsync())?.Status);
        await SweepLongAfterAsync();
        Assert.Equal(VolumeStatus.Deleting, (await FindAsync())?.Status);
        await lease.ReleaseAsync(cancellationToken: Stop);
        await Process().SweepAsync(Stop);

        await AssertGoneAsync();
    }

    [Fact]
    public async Task A_restore_accepted_while_a_deletion_was_judged_keeps_its_disk()
    {
        await MadeAsync();
        var inBetween = RequestHook.OnVolumeNotes(async send =>
        {
            var row = (await rows.GetEntityAsync<TableEntity>(Records.Project.ToString(), $"volume|{Records.Volume().Id}", cancellationToken: Stop)).Value;
            row["Status"] = VolumeStatus.RestoringBackup.Name();
            await rows.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Stop);
            await send();
        });

        var refusal = await Process(inBetween).DeleteAsync(Records.Project, Records.Volume().Id, mayDelete: true, Stop);

        Assert.Equal(RefusalKind.Invalid, refusal?.Kind);
        Assert.Equal(VolumeStatus.RestoringBackup, (await FindAsync())?.Status);
        Assert.True(await BlobIsThereAsync());
    }

    [Fact]
    public async Task A_sweep_leaves_a_request_alone_that_is_still_at_it()
    {
        await rows.CreateAsync(Stop);
        await DiesAsync(() => Process(new RequestWatch(2)).CreateAsync(Records.Volume(), Stop));
        time.Advance(TimeSpan.FromSeconds(59));

        await Process().SweepAsync(Stop);

        Assert.Equal(VolumeStatus.Creating, (await FindAsync())?.Status);
    }

    [Fact]
    public async Task The_sweep_of_restores_takes_no_note_for_one_of_its_own()
    {
        await rows.CreateAsync(Stop);
        await new VolumeRecords(rows, time).NoteWorkAsync(Records.Project, Records.Volume().Id, Stop);
        var catalog = new CatalogTable(rows, time, () => Records.Id(1, 1), NullLogger<CatalogTable>.Instance);

        await catalog.SweepAsync((_, _) => Task.FromResult(false), (_, _, _) => Task.CompletedTask, Stop);

        Assert.Single(await WorkAsync());
        Assert.True(await catalog.IsEmptyAsync(Stop));
    }

    private static async Task<bool> DiesAsync(Func<Task> act)
    {
        try
        {
            await act();
            return false;
        }
        catch (RequestWatch.ProcessDiedException)
        {
            return true;
        }
    }

    private VolumeLifecycle Process(Azure.Core.Pipeline.HttpPipelinePolicy? policy = null)
    {
        var (tableOptions, blobOptions) = (new TableClientOptions(), new BlobClientOptions());
        if (policy is not null)
        {
            tableOptions.AddPolicy(policy, Azure.Core.HttpPipelinePosition.PerCall);
            blobOptions.AddPolicy(policy, Azure.Core.HttpPipelinePosition.PerCall);
        }

        var store = new VolumeStore(new BlobContainerClient(azurite.ConnectionString, container, blobOptions));
        var records = new VolumeRecords(new TableClient(azurite.ConnectionString, rows.Name, tableOptions), time);
        return new VolumeLifecycle(records, store, time, NullLogger<VolumeLifecycle>.Instance);
    }

    private async Task<Volume> MadeAsync()
    {
        await rows.CreateAsync(Stop);
        return await Process().CreateAsync(Records.Volume(), Stop);
    }

    private async Task SweepLongAfterAsync()
    {
        time.Advance(TimeSpan.FromHours(2));
        await Process().SweepAsync(Stop);
    }

    private Task<Volume?> FindAsync() => new VolumeRecords(rows, time).FindAsync(Records.Project, Records.Volume().Id, Stop);

    private async Task<bool> BlobIsThereAsync() => await Blob.ExistsAsync(Stop);

    private async Task<IReadOnlyList<Volume>> ListAsync() =>
        (await new CatalogLists(rows).VolumesAsync(new(Records.Project, 10, 0, null, ListRequest.NewestFirst, [], WithTotal: false), Stop))!.Items;

    private async Task<IReadOnlyList<VolumeWork>> WorkAsync() => await new VolumeRecords(rows, time).ListWorkAsync(Stop).ToListAsync(Stop);

    private async Task AssertGoneAsync()
    {
        Assert.Null(await FindAsync());
        Assert.False(await BlobIsThereAsync());
        Assert.Empty(await rows.QueryAsync<TableEntity>(cancellationToken: Stop).ToListAsync(Stop));
    }
}

using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Testing;
using Vbs.Backups;
using Vbs.Restores;

namespace Vbs.Tests.Backups;

public sealed class RefusedBackupTests : IAsyncLifetime
{
    private readonly PlannerRun run;
    private readonly ABackup full;
    private readonly ABackup newest;

    public RefusedBackupTests(AzuriteFixture azurite)
    {
        run = new PlannerRun(azurite);
        var content = ABackup.Bytes(2048);
        full = ABackup.Of().With(0, content[..1024]).With(1024, content[1024..], "zlib").WithDigests(content);
        newest = ABackup.Of(full).With(512, content[512..1024]).WithDigests(content);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await full.UploadAsync(run.Backups);
        await newest.UploadAsync(run.Backups);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_chain_as_it_is_can_be_planned() => Assert.Equal(2048, (await run.PlanAsync(newest.Record, Find)).BytesTotal);

    [Fact]
    public async Task A_parent_that_does_not_exist() =>
        await RefusedAsync("VolumeBackup.0111", $"Backup {newest.Record.Id}: its parent {full.Record.Id} does not exist.", (_, _) => Task.FromResult<Backup?>(null));

    [Fact]
    public async Task A_chain_that_comes_back() =>
        await RefusedAsync(
            "VolumeBackup.0200",
            $"its chain of parents comes back to {newest.Record.Id}.",
            (id, _) => Task.FromResult<Backup?>((id == full.Record.Id ? full.Record : newest.Record) with { ParentId = newest.Record.Id }));

    [Fact]
    public async Task A_chain_without_end()
    {
        var next = 0;
        await RefusedAsync(
            "VolumeBackup.0200",
            "its chain of parents is longer than 1000.",
            (id, _) => Task.FromResult<Backup?>(newest.Record with { Id = id, ParentId = new BackupId(new Guid(++next, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9)) }));
        Assert.Equal(BackupChain.MaxDepth, next);
    }

    [Theory]
    [InlineData("../project")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("ä")]
    public async Task A_container_that_leads_elsewhere(string container)
    {
        newest.But(record => record with { Container = container });

        await RefusedAsync("VolumeBackup.0200", $"Backup {newest.Record.Id}: its record has a container or an object prefix that is not a path");
    }

    [Theory]
    [InlineData("_metadata")]
    [InlineData("_sha256file")]
    [InlineData("-00001")]
    public async Task An_object_of_the_newest_that_is_missing(string suffix)
    {
        await Blob(newest, suffix).DeleteAsync(cancellationToken: Stop);

        await RefusedAsync("VolumeBackup.0111", $"Backup {newest.Record.Id}: object {Blob(newest, suffix).Name} is missing.");
    }

    [Theory]
    [InlineData("_metadata")]
    [InlineData("-00002")]
    public async Task An_object_of_a_parent_that_is_missing(string suffix)
    {
        await Blob(full, suffix).DeleteAsync(cancellationToken: Stop);

        await RefusedAsync("VolumeBackup.0111", $"Backup {full.Record.Id}: object {Blob(full, suffix).Name} is missing.");
    }

    [Theory]
    [InlineData("-00003")]
    [InlineData("-1")]
    [InlineData("_metadata.old")]
    [InlineData("")]
    public async Task An_object_that_no_metadata_lists(string suffix)
    {
        await Blob(full, suffix).UploadAsync(new BinaryData("x"), Stop);

        await RefusedAsync("VolumeBackup.0200", $"Backup {full.Record.Id}: object {Blob(full, suffix).Name} is not in its metadata.");
    }

    [Theory]
    [InlineData("_metadata")]
    [InlineData("-00002")]
    public async Task An_object_in_the_archive_tier(string suffix)
    {
        await Blob(full, suffix).SetAccessTierAsync(AccessTier.Archive, cancellationToken: Stop);

        await RefusedAsync("VolumeBackup.0200", $"Backup {full.Record.Id}: object {Blob(full, suffix).Name} is in the archive tier; move it to another tier first.");
    }

    [Fact]
    public async Task An_object_stored_as_it_is_with_another_length()
    {
        await Blob(full, "-00001").UploadAsync(new BinaryData(new byte[1023]), overwrite: true, Stop);

        await RefusedAsync("VolumeBackup.0200", $"object {Blob(full, "-00001").Name} has 1023 bytes, its metadata says 1024.");
    }

    [Fact]
    public async Task Metadata_that_is_not_the_records()
    {
        newest.Metadata["backup_id"] = full.Record.Id.ToString();
        await newest.UploadAsync(run.Backups);

        await RefusedAsync("VolumeBackup.0200", $"its metadata has the backup_id '{full.Record.Id}', not '{newest.Record.Id}'.");
    }

    [Fact]
    public async Task A_full_backup_whose_metadata_names_a_parent()
    {
        full.Metadata["parent_id"] = newest.Record.Id.ToString();
        await full.UploadAsync(run.Backups);

        await RefusedAsync("VolumeBackup.0200", $"Backup {full.Record.Id}: its metadata names the parent '{newest.Record.Id}', its record says 'none'.");
    }

    [Fact]
    public async Task A_chain_that_does_not_hold_its_first_bytes()
    {
        full.Fields(1)["offset"] = 512 * 1024;
        await full.UploadAsync(run.Backups);

        await RefusedAsync("VolumeBackup.0200", $"Backup {newest.Record.Id}: no object of its chain holds bytes 0 to 512.");
    }

    [Fact]
    public async Task A_chain_with_a_gap()
    {
        full.Fields(2)["offset"] = 4096;
        await full.UploadAsync(run.Backups);

        await RefusedAsync("VolumeBackup.0200", $"Backup {newest.Record.Id}: no object of its chain holds bytes 1024 to 4096.");
    }

    [Fact]
    public async Task More_digests_than_the_content_has_blocks()
    {
        newest.WithDigests(new byte[2049]);
        await newest.UploadAsync(run.Backups);

        await RefusedAsync("VolumeBackup.0200", "its sha256 file has 5 digests of 512 bytes, but its chain holds only 2048 bytes.");
    }

    [Fact]
    public async Task An_object_beyond_the_volume()
    {
        full.Fields(2)["offset"] = 1L << 30;
        await full.UploadAsync(run.Backups);

        await RefusedAsync("VolumeBackup.0200", "beyond the volume's 1073741824");
    }

    [Fact]
    public async Task Storage_that_does_not_answer_is_no_fault()
    {
        var nowhere = new BlobContainerClient(
            new Uri("http://127.0.0.1:9/account/backups"), new BlobClientOptions { Retry = { MaxRetries = 0 } });
        var planner = new RestorePlanner(nowhere, run.Plans);

        await Assert.ThrowsAsync<RequestFailedException>(() => planner.PlanAsync(run.Id, newest.Record, 1, Find, Stop));
    }

    private Task<Backup?> Find(BackupId id, CancellationToken cancellationToken) =>
        Task.FromResult(id == full.Record.Id ? full.Record : null);

    private BlobClient Blob(ABackup backup, string suffix) => run.Backups.GetBlobClient(ObjectNames.Stem(backup.Record) + suffix);

    private async Task RefusedAsync(string code, string reason, FindBackup? find = null)
    {
        var fault = await run.RefusalAsync(newest.Record, find ?? Find);
        Assert.Equal(code, fault.Code);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }
}

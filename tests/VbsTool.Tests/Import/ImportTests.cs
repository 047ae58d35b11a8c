using Azure.Storage.Blobs.Models;
using Testing;
using Vbs.Restores;

namespace VbsTool.Import;

public sealed class ImportTests(AzuriteFixture azurite)
{
    private readonly ToolRun run = new(azurite);
    private readonly CancellationToken cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Objects_and_records_arrive_as_they_are()
    {
        var output = await run.SucceedAsync("import", ToolRun.RealBackups);

        var folder = await BackupFolder.ReadAsync(ToolRun.RealBackups, null, cancellationToken);
        Assert.Equal(folder.Backups.Select(backup => $"{backup.Record.Id}  imported"), output.TrimEnd().Split('\n'));
        await using var services = run.Services();
        foreach (var backup in folder.Backups)
        {
            Assert.Equal(backup.Record, await services.Catalog.FindBackupAsync(ToolRun.Project, backup.Record.Id, cancellationToken));
            foreach (var part in backup.Objects)
            {
                var stored = (await run.Backups.GetBlobClient(part.BlobName).DownloadContentAsync(cancellationToken)).Value;
                Assert.Equal(await File.ReadAllBytesAsync(part.Path, cancellationToken), stored.Content.ToArray());
                Assert.NotEmpty(stored.Details.ContentHash);
            }
        }
    }

    [Fact]
    public async Task A_project_given_replaces_the_records_own()
    {
        await run.SucceedAsync("import", ToolRun.RealBackups, "--project", "abc");

        var backup = (await BackupFolder.ReadAsync(ToolRun.RealBackups, null, cancellationToken)).Backups[0].Record;
        await using var services = run.Services();
        Assert.NotNull(await services.Catalog.FindBackupAsync(ProjectId.Parse("abc"), backup.Id, cancellationToken));
        Assert.Null(await services.Catalog.FindBackupAsync(ToolRun.Project, backup.Id, cancellationToken));
    }

    [Fact]
    public async Task A_repeat_changes_nothing()
    {
        await run.SucceedAsync("import", ToolRun.RealBackups);
        var before = await TagsAsync();

        var output = await run.SucceedAsync("import", ToolRun.RealBackups);

        Assert.All(output.TrimEnd().Split('\n'), line => Assert.EndsWith("  unchanged", line, StringComparison.Ordinal));
        Assert.Equal(before, await TagsAsync());
    }

    [Fact]
    public async Task A_repeat_completes_what_was_interrupted_and_sends_nothing_twice()
    {
        await run.SucceedAsync("import", ToolRun.RealBackups);
        var all = await TagsAsync();
        var kept = all.Keys.Where((_, index) => index % 2 == 0).ToHashSet();
        foreach (var lost in all.Keys.Except(kept))
        {
            await run.Backups.DeleteBlobAsync(lost, cancellationToken: cancellationToken);
        }

        await run.SucceedAsync("import", ToolRun.RealBackups, "--project", "abc");

        var repeated = await TagsAsync();
        Assert.Equal(all.Keys, repeated.Keys);
        Assert.All(kept, name => Assert.Equal(all[name], repeated[name]));
    }

    [Fact]
    public async Task A_blob_without_a_hash_is_compared_by_its_bytes()
    {
        await run.SucceedAsync("import", ToolRun.RealBackups);
        var blob = run.Backups.GetBlobClient((await TagsAsync()).Keys[0]);
        await blob.SetHttpHeadersAsync(new BlobHttpHeaders(), cancellationToken: cancellationToken);
        BlobProperties properties = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
        Assert.Null(properties.ContentHash);

        await run.SucceedAsync("import", ToolRun.RealBackups);
    }

    [Fact]
    public async Task Other_content_is_not_overwritten_and_its_backup_does_not_appear()
    {
        var backup = (await BackupFolder.ReadAsync(ToolRun.RealBackups, null, cancellationToken)).Backups[0];
        await run.Backups.CreateAsync(cancellationToken: cancellationToken);
        var blob = run.Backups.GetBlobClient(backup.Objects[4].BlobName);
        await blob.UploadAsync(BinaryData.FromString("other"), cancellationToken);

        var sentence = await run.FailAsync("import", ToolRun.RealBackups);

        Assert.Contains(blob.Name, sentence, StringComparison.Ordinal);
        Assert.Equal("other", (await blob.DownloadContentAsync(cancellationToken)).Value.Content.ToString());
        await using var services = run.Services();
        Assert.True(await services.Catalog.IsEmptyAsync(cancellationToken));
    }

    [Fact]
    public async Task Another_record_of_the_same_id_is_refused_before_anything_is_sent()
    {
        await run.SucceedAsync("import", ToolRun.RealBackups);
        var before = await TagsAsync();
        using var copy = new FolderCopy();
        FolderCopy.Replace(copy.Records, "nightly-2", "renamed");

        Assert.Contains("another record", await run.FailAsync("import", copy.Path), StringComparison.Ordinal);
        Assert.Equal(before, await TagsAsync());
    }

    [Fact]
    public async Task An_increment_whose_parent_is_nowhere_is_refused()
    {
        using var copy = new FolderCopy();
        var rows = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(copy.Records, cancellationToken))!.AsArray();
        Directory.Delete(Path.GetDirectoryName(copy.Find((string)rows[0]!["id"]!, "_metadata"))!, recursive: true);
        rows.RemoveAt(0);
        await File.WriteAllTextAsync(copy.Records, rows.ToJsonString(), cancellationToken);

        Assert.Contains("neither in the folder nor imported", await run.FailAsync("import", copy.Path), StringComparison.Ordinal);

        await run.SucceedAsync("import", ToolRun.RealBackups);
        await run.SucceedAsync("import", copy.Path);
    }

    [Theory]
    [InlineData("records.json", "[")]
    [InlineData("records.json", "[{}]")]
    public async Task Unreadable_records_are_a_sentence(string name, string content)
    {
        using var copy = new FolderCopy();
        await File.WriteAllTextAsync(Path.Combine(copy.Path, name), content, cancellationToken);

        Assert.Contains("ecord", await run.FailAsync("import", copy.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_a_sentence() =>
        Assert.Contains("/no/such/folder", await run.FailAsync("import", "/no/such/folder"), StringComparison.Ordinal);

    private async Task<SortedList<string, string>> TagsAsync()
    {
        var tags = new SortedList<string, string>(StringComparer.Ordinal);
        await foreach (var blob in run.Backups.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            tags.Add(blob.Name, blob.Properties.ETag.ToString()!);
        }

        return tags;
    }
}

namespace VbsTool.Import;

public sealed class BackupFolderTests
{
    private const string Full = "2e15ab06-f950-479c-aa9f-2b98176e65d7";
    private const string Increment = "2da0ca72-faba-42c7-ae56-9918f21fd4ae";

    [Fact]
    public async Task Real_backups_are_whole()
    {
        var folder = await BackupFolder.ReadAsync(ToolRun.RealBackups, null, TestContext.Current.CancellationToken);

        Assert.Equal([18, 8, 8], folder.Backups.Select(backup => backup.Objects.Count));
        Assert.All(folder.Backups, backup => Assert.EndsWith("_metadata", backup.Objects[^1].BlobName, StringComparison.Ordinal));
        Assert.All(folder.Backups, backup => Assert.Equal(ToolRun.Project, backup.Record.ProjectId));
        Assert.Equal(
            Directory.EnumerateFiles(Path.Combine(ToolRun.RealBackups, "objects"), "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length),
            folder.LengthBytes);
    }

    [Fact]
    public Task A_missing_object_is_named() => ExpectRefusalAsync(copy => File.Delete(copy.Find(Increment, "-00003")), $"{Increment}-00003' is not in the folder");

    [Theory]
    [InlineData("_metadata")]
    [InlineData("_sha256file")]
    public Task A_missing_description_is_named(string suffix) => ExpectRefusalAsync(copy => File.Delete(copy.Find(Full, suffix)), $"{suffix}' is not in the folder");

    [Fact]
    public Task An_object_too_many_is_named() =>
        ExpectRefusalAsync(copy => File.Copy(copy.Find(Full, "-00001"), copy.Find(Full, "-00001").Replace("-00001", "-00099", StringComparison.Ordinal)), "-00099' belongs to no backup");

    [Fact]
    public Task A_backup_without_record_is_named() =>
        ExpectRefusalAsync(
            copy => File.WriteAllText(Directory.CreateDirectory(Path.Combine(copy.Path, "objects", "other")).FullName + "/stray", ""), "other/stray' belongs to no backup");

    [Fact]
    public Task Metadata_of_another_backup_are_refused() =>
        ExpectRefusalAsync(copy => File.Copy(copy.Find(Full, "_metadata"), copy.Find(Increment, "_metadata"), overwrite: true), $"The metadata of backup {Increment}");

    [Fact]
    public Task Metadata_with_another_parent_are_refused() =>
        ExpectRefusalAsync(copy => FolderCopy.Replace(copy.Find(Increment, "_metadata"), $"\"parent_id\": \"{Full}\"", "\"parent_id\": null"), $"The metadata of backup {Increment}");

    [Fact]
    public Task Metadata_that_are_no_json_are_refused() =>
        ExpectRefusalAsync(copy => File.WriteAllText(copy.Find(Full, "_metadata"), "{\"version\":"), "is not the metadata of a backup");

    [Fact]
    public Task Metadata_of_null_are_refused() =>
        ExpectRefusalAsync(copy => File.WriteAllText(copy.Find(Full, "_metadata"), "null"), "is not the metadata of a backup");

    [Fact]
    public Task A_count_of_objects_that_is_not_the_metadatas_is_refused() =>
        ExpectRefusalAsync(copy => FolderCopy.Replace(copy.Records, "\"object_count\": 16", "\"object_count\": 17"), "17 objects in its record and 16");

    [Fact]
    public Task A_backup_that_is_not_at_rest_is_refused() =>
        ExpectRefusalAsync(copy => FolderCopy.Replace(copy.Records, "\"status\": \"available\"", "\"status\": \"creating\""), "is not available");

    [Fact]
    public async Task A_folder_without_records_is_named()
    {
        using var copy = new FolderCopy();
        File.Delete(copy.Records);

        var missing = await Assert.ThrowsAsync<FileNotFoundException>(() => BackupFolder.ReadAsync(copy.Path, null, TestContext.Current.CancellationToken));

        Assert.Contains(copy.Records, missing.Message, StringComparison.Ordinal);
    }

    private static async Task ExpectRefusalAsync(Action<FolderCopy> spoil, string sentence)
    {
        using var copy = new FolderCopy();
        spoil(copy);

        var refusal = await Assert.ThrowsAsync<ToolException>(() => BackupFolder.ReadAsync(copy.Path, null, TestContext.Current.CancellationToken));

        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
    }
}

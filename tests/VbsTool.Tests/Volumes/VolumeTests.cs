using System.Security.Cryptography;
using Azure.Storage.Blobs.Specialized;
using Testing;
using Vbs.Restores;

namespace VbsTool.Volumes;

public sealed class VolumeTests(AzuriteFixture azurite)
{
    private const string Id = "d15c0de0-0000-4000-8000-000000000003";
    private const int MiB = 1 << 20;
    private static readonly string Project = ToolRun.Project.ToString();

    private readonly ToolRun run = new(azurite);
    private readonly CancellationToken cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_made_disk_is_printed_recorded_and_there()
    {
        var id = VolumeId.Parse((await run.SucceedAsync("volume", "create", "--project", Project, "--size", "3", "--name", "data")).TrimEnd());

        await using var services = run.Services();
        var volume = await services.Catalog.FindVolumeAsync(ToolRun.Project, id, cancellationToken);
        Assert.NotNull(volume);
        Assert.Equal((3, "data", VolumeStatus.Available), (volume.SizeGiB, volume.Name, volume.Status));
        Assert.Equal((3L << 30) + 512, (await Blob(id.ToString()).GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ContentLength);
    }

    [Fact]
    public async Task Several_disks_are_made_at_once()
    {
        var ids = (await run.SucceedAsync("volume", "create", "--project", Project, "--size", "1", "--count", "5")).TrimEnd().Split('\n');

        Assert.Equal(5, ids.Distinct().Count());
        await using var services = run.Services();
        foreach (var id in ids)
        {
            Assert.NotNull(await services.Catalog.FindVolumeAsync(ToolRun.Project, VolumeId.Parse(id), cancellationToken));
        }
    }

    [Fact]
    public async Task A_repeat_leaves_the_disk_as_it_is()
    {
        await CreateAsync();
        await WriteAsync(MiB, 1);

        Assert.Equal($"{Id}{Environment.NewLine}", await CreateAsync());

        Assert.Equal(Hash(Content(2 * MiB, MiB, 1)), await HashAsync(2 * MiB));
    }

    [Fact]
    public async Task Another_size_is_refused()
    {
        await CreateAsync();

        Assert.Contains("1 GiB", await run.FailAsync("volume", "create", "--project", Project, "--size", "2", "--id", Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_of_another_size_without_a_record_are_refused()
    {
        await using var services = run.Services();
        await services.Volumes.CreateAsync(ToolRun.Project, VolumeId.Parse(Id), 2, cancellationToken);

        Assert.Contains("exists with", await run.FailAsync("volume", "create", "--project", Project, "--size", "1", "--id", Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_was_made_but_not_recorded_is_recorded()
    {
        await using var services = run.Services();
        await services.Volumes.CreateAsync(ToolRun.Project, VolumeId.Parse(Id), 1, cancellationToken);

        await CreateAsync();

        Assert.NotNull(await services.Catalog.FindVolumeAsync(ToolRun.Project, VolumeId.Parse(Id), cancellationToken));
    }

    [Fact]
    public async Task The_hash_is_that_of_the_first_bytes()
    {
        await CreateAsync();
        await WriteAsync(MiB, 7);

        Assert.Equal(Hash([]), await HashAsync(0));
        Assert.Equal(Hash(new byte[MiB]), await HashAsync(MiB));
        Assert.Equal(Hash(Content(MiB + 5, MiB, 7)), await HashAsync(MiB + 5));
        Assert.Contains("fewer than", await run.FailAsync("volume", "hash", Id, "--project", Project, "--bytes", $"{(1L << 30) + 1}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_is_the_content_and_takes_no_space_where_the_disk_is_empty()
    {
        await CreateAsync();
        await WriteAsync(MiB, 9);
        await WriteAsync(500 * MiB, 10);
        using var folder = new FolderCopy();
        var file = Path.Combine(folder.Path, "disk.raw");

        Assert.Equal("", await run.SucceedAsync("volume", "export", Id, file, "--project", Project));

        await using var content = File.OpenRead(file);
        Assert.Equal(1L << 30, content.Length);
        Assert.Equal(await HashAsync(1 << 30), Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)));
        Assert.Equal([file], Directory.EnumerateFiles(folder.Path, "disk*"));
        Assert.InRange(await DiskUsage.OfAsync(file, cancellationToken), 2 * MiB, 16 * MiB);
    }

    [Fact]
    public async Task An_export_does_not_overwrite()
    {
        await CreateAsync();
        using var folder = new FolderCopy();

        Assert.Contains("exists already", await run.FailAsync("volume", "export", Id, folder.Records, "--project", Project), StringComparison.Ordinal);
        Assert.Contains("nightly-0", await File.ReadAllTextAsync(folder.Records, cancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_export_leaves_no_file()
    {
        await CreateAsync();
        await Blob(Id).DeleteAsync(cancellationToken: cancellationToken);
        using var folder = new FolderCopy();

        await run.FailAsync("volume", "export", Id, Path.Combine(folder.Path, "disk.raw"), "--project", Project);
        await run.FailAsync("volume", "export", Id, Path.Combine(folder.Path, "missing", "disk.raw"), "--project", Project);

        Assert.Empty(Directory.EnumerateFiles(folder.Path, "disk*"));
    }

    [Theory]
    [InlineData("hash")]
    [InlineData("export")]
    public async Task A_disk_that_is_not_there_could_not_be_found(string command)
    {
        await CreateAsync();
        string[] rest = command == "hash" ? ["--bytes", "1"] : ["disk.raw"];

        Assert.Contains("could not be found", await run.FailAsync(["volume", command, Id, "--project", "abc", .. rest]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_is_being_restored_is_not_read()
    {
        await using var services = run.Services();
        await services.Catalog.EnsureCreatedAsync(cancellationToken);
        await services.Catalog.TryAddAsync(
            new Volume
            {
                ProjectId = ToolRun.Project,
                Id = VolumeId.Parse(Id),
                Status = VolumeStatus.RestoringBackup,
                SizeGiB = 1,
                CreatedAt = DateTimeOffset.UnixEpoch,
            },
            cancellationToken);

        Assert.Contains("being changed", await run.FailAsync("volume", "hash", Id, "--project", Project, "--bytes", "1"), StringComparison.Ordinal);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Content(int length, int offset, byte value)
    {
        var content = new byte[length];
        content.AsSpan(offset, Math.Min(MiB, length - offset)).Fill(value);
        return content;
    }

    private Task<string> CreateAsync() => run.SucceedAsync("volume", "create", "--project", Project, "--size", "1", "--id", Id);

    private async Task<string> HashAsync(int bytes) =>
        (await run.SucceedAsync("volume", "hash", Id, "--project", Project, "--bytes", $"{bytes}")).TrimEnd();

    private PageBlobClient Blob(string id) => run.Volumes.GetPageBlobClient($"{Project}/{id}.vhd");

    private async Task WriteAsync(long offset, byte value) =>
        await Blob(Id).UploadPagesAsync(new MemoryStream(Content(MiB, 0, value)), offset, cancellationToken: cancellationToken);
}

using Azure.Storage.Blobs;
using EndToEnd.Harness;

namespace EndToEnd;

public sealed class CorruptBackupTests(Installation installation)
{
    private const int MiB = 1 << 20;
    private const byte Old = 0xFF;
    private const int ObjectBytes = MiB / 4;

    // The third object: others come before and after it.
    private const string Broken = "-00003";
    private const int BrokenOffset = 2 * ObjectBytes;

    private readonly CancellationToken cancellationToken = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_flipped_byte_is_found_before_it_is_written(bool isCompressed) =>
        ExpectFailureAsync(isCompressed, Broken, stored => stored[stored.Length / 2] ^= 1);

    [Fact]
    public Task A_digest_of_other_bytes_keeps_the_bytes_off_the_disk() =>
        ExpectFailureAsync(false, "_sha256file", stored =>
        {
            var block = BrokenOffset / SyntheticBackup.BlockBytes;
            var digest = stored.AsSpan().IndexOf("\"sha256s\":["u8) + "\"sha256s\":[\""u8.Length + (block * 67);
            stored[digest] = stored[digest] == (byte)'0' ? (byte)'1' : (byte)'0';
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_truncated_object_is_not_written(bool isCompressed) =>
        ExpectFailureAsync(isCompressed, Broken, (blob, stored) => blob.UploadAsync(new BinaryData(stored[..^4096]), overwrite: true, cancellationToken));

    [Fact]
    public Task A_missing_object_is_named() =>
        ExpectFailureAsync(true, Broken, (blob, _) => blob.DeleteAsync(cancellationToken: cancellationToken), "VolumeBackup.0111");

    private Task ExpectFailureAsync(bool isCompressed, string suffix, Action<byte[]> change) =>
        ExpectFailureAsync(isCompressed, suffix, (blob, stored) =>
        {
            change(stored);
            return blob.UploadAsync(new BinaryData(stored), overwrite: true, cancellationToken);
        });

    private async Task ExpectFailureAsync(
        bool isCompressed, string suffix, Func<BlobClient, byte[], Task> corrupt, string code = "VolumeBackup.0200")
    {
        var project = installation.Project;
        var backup = new SyntheticBackup(new SyntheticContent(SyntheticContent.Random(2 * MiB, seed: 3), ObjectBytes, isCompressed));
        await ImportAsync(project, backup);
        var blob = project.ObjectOf(backup, suffix);
        await corrupt(blob, (await blob.DownloadContentAsync(cancellationToken)).Value.Content.ToArray());
        var volumeId = (await project.Tool.CreateVolumesAsync(1, 1, cancellationToken)).Single();
        var disk = project.Disk(volumeId);
        await disk.FillAsync(Old, 0, 4 * MiB, cancellationToken);

        var job = await project.Api.RestoreAsync(backup.Id, volumeId, cancellationToken);

        Assert.True(job.Status == "FAIL", job.ToString());
        Assert.Equal(code, job.ErrorCode);
        Assert.Contains(Broken, job.FailReason, StringComparison.Ordinal);
        Assert.Equal("error_restoring", await project.Api.VolumeStatusAsync(volumeId, cancellationToken));
        Assert.Equal("available", await project.Api.BackupStatusAsync(backup.Id, cancellationToken));
        ExpectOnlyProvenBytes(backup, await disk.ReadAsync(0, 4 * MiB, cancellationToken));
    }

    private static void ExpectOnlyProvenBytes(SyntheticBackup backup, byte[] disk)
    {
        var oldBlocksOfBroken = 0;
        var content = backup.Content.Bytes.Span;
        for (var offset = 0; offset < content.Length; offset += SyntheticBackup.BlockBytes)
        {
            var block = disk.AsSpan(offset, SyntheticBackup.BlockBytes);
            var isOld = !block.ContainsAnyExcept(Old);
            var isNew = block.SequenceEqual(content.Slice(offset, block.Length));
            Assert.True(isOld || isNew, $"The block at {offset} is neither what it was nor what it should become.");
            oldBlocksOfBroken += isOld && offset is >= BrokenOffset and < BrokenOffset + ObjectBytes ? 1 : 0;
        }

        Assert.NotEqual(0, oldBlocksOfBroken);
        Assert.Equal(-1, disk.AsSpan(content.Length).IndexOfAnyExcept(Old));
    }

    private async Task ImportAsync(Project project, SyntheticBackup backup)
    {
        using var folder = new TemporaryFolder();
        await SyntheticBackup.WriteAsync(folder.Path, [backup], cancellationToken);
        await project.Tool.ImportAsync(folder.Path, cancellationToken);
    }
}

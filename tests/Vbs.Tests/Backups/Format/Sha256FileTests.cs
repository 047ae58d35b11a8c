using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Specialized;
using Testing;
using Vbs.Backups;
using Vbs.Restores;

namespace Vbs.Tests.Backups.Format;

public sealed class Sha256FileTests(AzuriteFixture azurite)
{
    private readonly ABackup backup = ABackup.Of().WithDigests(ABackup.Bytes(4096));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_reads_the_same_however_the_bytes_arrive()
    {
        var bytes = Encoding.UTF8.GetBytes(backup.Sha256File.ToJsonString());
        await using var whole = new MemoryStream(bytes);
        await using var trickle = new TrickleStream(bytes);

        var expected = await PackAsync(whole, JsonTokens.BufferBytes);
        var actual = await PackAsync(trickle, bufferBytes: 16);

        Assert.Equal(256, expected.Length);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task Digests_fill_more_than_one_block_of_the_blob()
    {
        var digests = StagedBlob.BlockBytes / 32 * 3;
        var json = new StringBuilder($$"""{"version": "1.0.0", "backup_id": "{{backup.Record.Id}}", "chunk_size": 512, "sha256s": [""");
        for (var i = 0; i < digests; i++)
        {
            json.Append(i == 0 ? "" : ",").Append('"').Append(i.ToString("x64", null)).Append('"');
        }

        await using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json.Append("]}").ToString()));

        var packed = await PackAsync(stream, JsonTokens.BufferBytes);

        Assert.Equal(digests * 32, packed.Length);
        Assert.All(Enumerable.Range(0, digests), i => Assert.True(
            packed.AsSpan(i * 32, 28).IndexOfAnyExcept((byte)0) < 0 && i == (packed[(i * 32) + 29] << 16) + (packed[(i * 32) + 30] << 8) + packed[(i * 32) + 31]));
    }

    [Theory]
    [InlineData("chunk_size", "0", "has a 'chunk_size' of 0")]
    [InlineData("chunk_size", "-512", "has a 'chunk_size' of -512")]
    [InlineData("chunk_size", "1000", "has a 'chunk_size' of 1000, not a multiple of 512")]
    [InlineData("chunk_size", "33554432", "has a 'chunk_size' of 33554432")]
    [InlineData("chunk_size", "\"512\"", "a 'chunk_size' that is not a whole number")]
    [InlineData("chunk_size", "99999999999999999999", "a 'chunk_size' that is not a whole number")]
    [InlineData("sha256s", "null", "'sha256s' that are not a list")]
    [InlineData("sha256s", "{}", "'sha256s' that are not a list")]
    [InlineData("sha256s", "[\"ab\"]", "has a digest 1 that is not 64 hex digits")]
    [InlineData("sha256s", "[\"0000000000000000000000000000000000000000000000000000000000000000\", 7]", "has a digest 2 that is not 64 hex digits")]
    [InlineData("sha256s", "[\"000000000000000000000000000000000000000000000000000000000000000g\"]", "has a digest 1 that is not 64 hex digits")]
    [InlineData("sha256s", "[[]]", "has a digest 1 that is not 64 hex digits")]
    [InlineData("version", "\"1.0\"", "has the version '1.0', not '1.0.0'")]
    [InlineData("backup_id", "\"another\"", "has the backup_id 'another', not")]
    public async Task A_value_that_is_wrong_is_refused(string key, string value, string reason)
    {
        backup.Sha256File[key] = JsonNode.Parse(value);

        Assert.Contains(reason, await ReasonAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chunk_size")]
    [InlineData("sha256s")]
    [InlineData("version")]
    [InlineData("backup_id")]
    public async Task A_key_that_is_missing_is_refused(string key)
    {
        backup.Sha256File.Remove(key);

        Assert.Contains($"has no '{key}'", await ReasonAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_digests_than_sectors_are_refused() =>
        Assert.Contains("more digests than the volume has sectors", await ReasonAsync(volumeBytes: 7 * 512), StringComparison.Ordinal);

    [Fact]
    public async Task A_file_cut_off_is_refused()
    {
        await using var json = new MemoryStream(Encoding.UTF8.GetBytes(backup.Sha256File.ToJsonString()[..^1]));

        var refused = await Assert.ThrowsAsync<RestoreFaultException>(() => PackAsync(json, JsonTokens.BufferBytes));

        Assert.Contains("is not readable JSON", refused.Fault.Reason, StringComparison.Ordinal);
    }

    private async Task<string> ReasonAsync(long volumeBytes = 1 << 30)
    {
        await using var json = ABackup.Stream(backup.Sha256File);
        var refused = await Assert.ThrowsAsync<RestoreFaultException>(() => PackAsync(json, JsonTokens.BufferBytes, volumeBytes));
        Assert.StartsWith($"Backup {backup.Record.Id}: its sha256 file ", refused.Fault.Reason, StringComparison.Ordinal);
        return refused.Fault.Reason;
    }

    private async Task<byte[]> PackAsync(Stream json, int bufferBytes, long volumeBytes = 1 << 30)
    {
        var container = azurite.Blobs.GetBlobContainerClient(AzuriteFixture.UniqueName("digests"));
        await container.CreateAsync(cancellationToken: Stop);
        var blob = new StagedBlob(container.GetBlockBlobClient("digests"));
        var document = new Sha256Document(backup.Record, volumeBytes, blob);
        await document.ReadAsync(json, bufferBytes, Stop);
        document.Finish();
        await blob.CommitAsync([], Stop);
        return (await container.GetBlobClient("digests").DownloadContentAsync(Stop)).Value.Content.ToArray();
    }
}

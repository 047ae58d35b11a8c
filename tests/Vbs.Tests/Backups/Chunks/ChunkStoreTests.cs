using Azure;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Testing;
using Vbs.Backups;
using Vbs.Restores;
using Vbs.Restores.Planning;

namespace Vbs.Tests.Backups.Chunks;

public sealed class ChunkStoreTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Name = "some/object-00001";
    private static readonly byte[] Content = ABackup.Bytes(1024 * 1024);
    private readonly BlobContainerClient container = azurite.Blobs.GetBlobContainerClient(AzuriteFixture.UniqueName("chunks"));
    private readonly ChunkObject chunk = new(Name, new ByteRange(0, Content.Length), Compression.None, "", Content.Length);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await container.CreateAsync(cancellationToken: Stop);
        await UploadAsync(Content);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_object_is_read()
    {
        await using var stream = await new ChunkStore(container).OpenAsync(chunk, chunk.Range, Stop);

        Assert.Equal(Content, await ReadAsync(stream));
    }

    [Fact]
    public async Task A_missing_object_is_a_fault()
    {
        var missing = await Assert.ThrowsAsync<RestoreFaultException>(() =>
            new ChunkStore(container).OpenAsync(chunk with { BlobName = "some/object-00002" }, chunk.Range, Stop));

        Assert.Equal(new RestoreFault("VolumeBackup.0111", "Object some/object-00002 is missing."), missing.Fault);
    }

    [Fact]
    public async Task An_object_that_changed_its_length_since_it_was_planned_is_a_fault()
    {
        var changed = await Assert.ThrowsAsync<RestoreFaultException>(() =>
            new ChunkStore(container).OpenAsync(chunk with { StoredBytes = 7 }, chunk.Range, Stop));

        Assert.Equal(RestoreFault.Data($"Object {Name}: it has {Content.Length} bytes, it had 7 when the restore was planned."), changed.Fault);
    }

    [Fact]
    public async Task A_part_of_an_uncompressed_object_is_fetched_alone()
    {
        using var network = new CuttingNetwork(cuts: 0);
        await using var stream = await new ChunkStore(Through(network)).OpenAsync(chunk, new ByteRange(4096, 512), Stop);

        Assert.Equal(Content[4096..4608], await ReadAsync(stream));
        Assert.Equal(1, network.Answers);
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(2 * 1024 * 1024)]
    public async Task A_part_of_an_object_that_changed_its_length_is_a_fault(int offset)
    {
        var longer = chunk with { Range = new ByteRange(0, 4 << 20), StoredBytes = 4 << 20 };
        var changed = await Assert.ThrowsAsync<RestoreFaultException>(() =>
            new ChunkStore(container).OpenAsync(longer, new ByteRange(offset, 512), Stop));

        Assert.Contains($"it had {4 << 20} when the restore was planned", changed.Fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_object_is_not_opened_in_parts() =>
        await Assert.ThrowsAsync<ArgumentException>(() => new ChunkStore(container).OpenAsync(
            chunk with { Compression = Compression.Zlib }, new ByteRange(0, 512), Stop));

    [Fact]
    public async Task A_cut_connection_is_resumed()
    {
        using var network = new CuttingNetwork(cuts: 2);
        await using var stream = await new ChunkStore(Through(network)).OpenAsync(chunk, chunk.Range, Stop);

        Assert.Equal(Content, await ReadAsync(stream));
        Assert.Equal(3, network.Answers);
    }

    [Fact]
    public async Task A_resumed_object_that_was_replaced_is_neither_mixed_nor_a_fault()
    {
        using var network = new CuttingNetwork(cuts: 1);
        await using var stream = await new ChunkStore(Through(network)).OpenAsync(chunk, chunk.Range, Stop);
        await UploadAsync(ABackup.Bytes(Content.Length, seed: 2));

        var thrown = await Assert.ThrowsAsync<RequestFailedException>(() => ReadAsync(stream));

        Assert.Equal(412, thrown.Status);
    }

    [Fact]
    public async Task A_connection_that_stays_broken_is_no_fault()
    {
        using var network = new CuttingNetwork(cuts: int.MaxValue);
        await using var stream = await new ChunkStore(Through(network)).OpenAsync(chunk, chunk.Range, Stop);

        var thrown = await Record.ExceptionAsync(() => ReadAsync(stream));

        Assert.True(thrown is IOException or RequestFailedException or AggregateException, $"{thrown}");
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Stop);
        return bytes.ToArray();
    }

    private async Task UploadAsync(byte[] bytes) =>
        await container.GetBlobClient(Name).UploadAsync(new BinaryData(bytes), overwrite: true, Stop);

    private BlobContainerClient Through(CuttingNetwork network) => new(
        azurite.ConnectionString,
        container.Name,
        new BlobClientOptions
        {
            Transport = new HttpClientTransport(network),
            Retry = { MaxRetries = 3, Delay = TimeSpan.Zero, MaxDelay = TimeSpan.Zero },
        });
}

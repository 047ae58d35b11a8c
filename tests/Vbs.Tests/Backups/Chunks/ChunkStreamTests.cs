using Vbs.Backups;
using Vbs.Restores;
using Vbs.Restores.Planning;

namespace Vbs.Tests.Backups.Chunks;

public sealed class ChunkStreamTests
{
    private static readonly byte[] Content = ABackup.Bytes(200 * 1024);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<Compression> All => [.. Enum.GetValues<Compression>()];

    public static TheoryData<Compression> Compressed => [Compression.Zlib, Compression.Bz2, Compression.Zstd];

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_bytes_come_back(Compression compression) =>
        Assert.Equal(Content, await ReadAsync(Stored(compression), compression));

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_bytes_come_back_however_the_stored_ones_arrive(Compression compression)
    {
        var content = Content[..20_000];

        Assert.Equal(content, await ReadAsync(new TrickleStream(Stored(compression, content)), compression, content.Length));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_object_cut_off_anywhere_is_damaged(Compression compression)
    {
        var stored = Stored(compression, Content[..512]);
        for (var length = 0; length < stored.Length; length++)
        {
            var cut = stored[..length];
            await DamagedAsync(() => ReadAsync(cut, compression, 512));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task One_byte_less_than_the_metadata_says_is_damaged(Compression compression)
    {
        var reason = await DamagedAsync(() => ReadAsync(Stored(compression), compression, Content.Length + 1));

        Assert.Contains($"it ends after {Content.Length} of {Content.Length + 1} uncompressed bytes", reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task One_byte_more_than_the_metadata_says_is_damaged(Compression compression)
    {
        var reason = await DamagedAsync(() => ReadAsync(Stored(compression), compression, Content.Length - 1));

        Assert.Contains($"it holds more than {Content.Length - 1} uncompressed bytes", reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Compressed))]
    public async Task A_bomb_is_not_inflated(Compression compression)
    {
        var bomb = Stored(compression, ABackup.Bytes(16 * 1024 * 1024));
        var stored = new Counting(bomb);

        await DamagedAsync(() => ReadAsync(stored, compression, 512));

        Assert.InRange(stored.TakenBytes, 1, bomb.Length / 2);
    }

    [Theory]
    [MemberData(nameof(Compressed))]
    public async Task A_flipped_bit_gives_other_bytes_or_damage_and_no_other_exception(Compression compression)
    {
        var content = Content[..5000];
        var stored = Stored(compression, content);
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var flipped = stored.ToArray();
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            var wrong = await Record.ExceptionAsync(async () =>
                Assert.Equal(content.Length, (await ReadAsync(flipped, compression, content.Length)).Length));

            Assert.True(wrong is null or RestoreFaultException, $"{wrong}");
        }
    }

    [Theory]
    [InlineData(Compression.Zlib)]
    [InlineData(Compression.Bz2)]
    public async Task What_follows_the_end_of_a_stream_is_ignored_as_Cinder_ignores_it(Compression compression) =>
        Assert.Equal(Content, await ReadAsync([.. Stored(compression), 1, 2, 3, 4, 5, 6, 7, 8, 9], compression));

    [Fact]
    public async Task What_follows_a_zstd_frame_is_damage_unless_it_is_a_frame()
    {
        var stored = Stored(Compression.Zstd);

        await DamagedAsync(() => ReadAsync([.. stored, 1, 2, 3, 4, 5, 6, 7, 8, 9], Compression.Zstd));
        var twice = await ReadAsync([.. stored, .. stored], Compression.Zstd, Content.Length * 2);
        Assert.Equal([.. Content, .. Content], twice);
    }

    [Fact]
    public async Task A_zstd_frame_that_needs_too_much_memory_is_damaged()
    {
        using var compressor = new ZstdSharp.Compressor(3);
        compressor.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_windowLog, 24);
        compressor.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_contentSizeFlag, 0);
        var content = ABackup.Bytes(32 * 1024 * 1024);

        var reason = await DamagedAsync(() => ReadAsync(compressor.Wrap(content).ToArray(), Compression.Zstd, content.Length));

        Assert.Contains("too much memory", reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_broken_connection_is_not_damage(Compression compression)
    {
        var stored = Stored(compression);
        foreach (var error in (Exception[])[new IOException("cut"), new EndOfStreamException("cut"), new InvalidDataException("cut")])
        {
            var thrown = await Record.ExceptionAsync(() => ReadAsync(new Breaking(stored, stored.Length / 2, error), compression));

            Assert.Same(error, thrown);
        }
    }

    [Fact]
    public async Task The_last_bytes_wait_for_the_end_to_be_proven()
    {
        var chunk = Chunk(Compression.Zlib, 512);
        await using var stream = ChunkStore.Open(new MemoryStream(Stored(Compression.Zlib, Content[..1024])), chunk);

        await Assert.ThrowsAsync<RestoreFaultException>(async () => await stream.ReadExactlyAsync(new byte[512], Stop));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_stored_bytes_are_let_go_with_the_stream(Compression compression)
    {
        var stored = new MemoryStream(Stored(compression));
        var stream = ChunkStore.Open(stored, Chunk(compression, Content.Length));
        await stream.ReadExactlyAsync(new byte[10], Stop);

        await stream.DisposeAsync();
        await stream.DisposeAsync();

        Assert.False(stored.CanRead);
    }

    private static byte[] Stored(Compression compression, byte[]? content = null) =>
        ABackup.Compress(content ?? Content, compression.ToString().ToLowerInvariant());

    private static ChunkObject Chunk(Compression compression, long length) =>
        new("some/object-00001", new ByteRange(0, length), compression, "", 0);

    private static Task<byte[]> ReadAsync(byte[] stored, Compression compression, long? length = null) =>
        ReadAsync(new MemoryStream(stored), compression, length);

    private static async Task<byte[]> ReadAsync(Stream stored, Compression compression, long? length = null)
    {
        await using var stream = ChunkStore.Open(stored, Chunk(compression, length ?? Content.Length));
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, 4096, Stop);
        return bytes.ToArray();
    }

    private static async Task<string> DamagedAsync(Func<Task<byte[]>> read)
    {
        var damaged = await Assert.ThrowsAsync<RestoreFaultException>(read);
        Assert.Equal("VolumeBackup.0200", damaged.Fault.Code);
        Assert.StartsWith("Object some/object-00001: it", damaged.Fault.Reason, StringComparison.Ordinal);
        return damaged.Fault.Reason;
    }


    private sealed class Counting(byte[] bytes) : MemoryStream(bytes)
    {
        public long TakenBytes { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            TakenBytes += read;
            return read;
        }
    }

    private sealed class Breaking(byte[] bytes, int after, Exception error) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            Position < after ? base.Read(buffer, offset, (int)Math.Min(count, after - Position)) : throw error;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < after ? await base.ReadAsync(buffer[..(int)Math.Min(buffer.Length, after - Position)], cancellationToken) : throw error;
    }
}

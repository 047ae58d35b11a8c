using System.Diagnostics.CodeAnalysis;
using Vbs.Backups;

namespace Vbs.Tests.Backups.Chunks;

[SuppressMessage("Performance", "CA1849", Justification = "Its reads are synchronous: that is its purpose.")]
public sealed class ReadAheadStreamTests
{
    private static readonly byte[] Content = ABackup.Bytes(10 * 1024 * 1024);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_read_ahead_comes_first_and_the_rest_follows_without_waiting_for_it()
    {
        await using var ahead = new ReadAheadStream(new MemoryStream(Content));
        var bytes = new MemoryStream();
        var buffer = new byte[100_000];

        await ahead.FillAsync(Stop);
        for (var read = 1; read > 0; bytes.Write(buffer, 0, read))
        {
            read = ahead.Read(buffer, 0, buffer.Length);
        }

        Assert.Equal(Content, bytes.ToArray());
    }

    [Fact]
    public async Task Bytes_come_singly_across_refills()
    {
        await using var ahead = new ReadAheadStream(new MemoryStream(Content));

        var bytes = new byte[Content.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            if (i % 1_000_000 == 0)
            {
                await ahead.FillAsync(Stop);
            }

            bytes[i] = (byte)ahead.ReadByte();
        }

        Assert.Equal(Content, bytes);
        Assert.Equal(-1, ahead.ReadByte());
    }

    [Fact]
    public async Task A_decoder_that_keeps_to_a_block_never_reads_the_source_synchronously()
    {
        await using var ahead = new ReadAheadStream(new AsynchronousOnly(Content));
        var buffer = new byte[1_000_000];
        for (var left = Content.Length; left > 0;)
        {
            await ahead.FillAsync(Stop);
            left -= ahead.Read(buffer, 0, buffer.Length);
        }
    }

    private sealed class AsynchronousOnly(byte[] bytes) : ForwardStream
    {
        private readonly MemoryStream source = new(bytes);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            source.ReadAsync(buffer, cancellationToken);
    }
}

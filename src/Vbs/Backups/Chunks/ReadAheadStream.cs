using System.Buffers;

namespace Vbs.Backups;

/// <summary>Keeps enough stored bytes at hand that a synchronous decoder never waits for the network inside a bzip2 block.</summary>
/// <remarks>A block has at most 900,000 symbols of at most 20 bits, 2.25 MB, and some KB of tables. Should that not suffice
/// (many tiny blocks in one read), the rest is read synchronously: slower, not wrong.</remarks>
internal sealed class ReadAheadStream(Stream stored) : ForwardStream
{
    private const int BlockBytes = 2_300_000;
    private const int BufferBytes = 4 * 1024 * 1024;

    // Not the shared pool, which keeps an array of this size for every thread that ever returned one.
    private static readonly ArrayPool<byte> Buffers = ArrayPool<byte>.Create(BufferBytes, maxArraysPerBucket: 4);

    private byte[]? buffer = Buffers.Rent(BufferBytes);
    private int start;
    private int end;
    private bool ended;

    private byte[] Buffer => buffer ?? throw new ObjectDisposedException(nameof(ReadAheadStream));

    /// <summary>Reads ahead until a block is at hand, or everything.</summary>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (ended || end - start >= BlockBytes)
        {
            return;
        }

        Compact();
        while (!ended && end < Buffer.Length)
        {
            Take(await stored.ReadAsync(Buffer.AsMemory(end), cancellationToken));
        }
    }

    /// <inheritdoc/>
    public override int ReadByte() => EnsureByte() ? Buffer[start++] : -1;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (!EnsureByte())
        {
            return 0;
        }

        var read = Math.Min(count, end - start);
        Buffer.AsSpan(start, read).CopyTo(buffer.AsSpan(offset));
        start += read;
        return read;
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Fill asynchronously, read synchronously.");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && buffer is not null)
        {
            Buffers.Return(buffer);
            buffer = null;
            stored.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool EnsureByte()
    {
        if (start == end && !ended)
        {
            Compact();
            Take(stored.Read(Buffer, 0, Buffer.Length));
        }

        return start < end;
    }

    private void Compact()
    {
        Buffer.AsSpan(start, end - start).CopyTo(Buffer);
        (start, end) = (0, end - start);
    }

    private void Take(int read)
    {
        ended = read == 0;
        end += read;
    }
}

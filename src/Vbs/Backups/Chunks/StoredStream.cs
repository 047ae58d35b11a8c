using System.Buffers;

namespace Vbs.Backups;

/// <summary>The stored bytes of an object, on their way to a decoder: fetched in long reads, handed out in short ones. It remembers how
/// reading went, because decoders turn a broken connection into an exception of their own, and say nothing when the bytes end too early.</summary>
internal sealed class StoredStream(Stream stored) : ForwardStream
{
    /// <summary>The runtime's zlib asks for 8 KiB at a time, which costs a system call each; from 128 KiB on it no longer shows.</summary>
    private const int BufferBytes = 128 * 1024;

    private byte[]? pooled = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private ReadOnlyMemory<byte> ahead;

    /// <summary>Whether the last read did not come to its end: the storage is to blame, not the object.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether the decoder has asked for more than there is.</summary>
    public bool IsExhausted { get; private set; }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (ahead.IsEmpty)
        {
            ObjectDisposedException.ThrowIf(pooled is null, this);
            var isShort = buffer.Length < BufferBytes;
            IsBroken = true;
            var read = await stored.ReadAsync(isShort ? pooled : buffer, cancellationToken);
            Note(read, buffer.Length);
            if (!isShort)
            {
                return read;
            }

            ahead = pooled.AsMemory(0, read);
        }

        return Take(buffer.Span);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (!ahead.IsEmpty)
        {
            return Take(buffer.AsSpan(offset, count));
        }

        IsBroken = true;
        var read = stored.Read(buffer, offset, count);
        Note(read, count);
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && pooled is not null)
        {
            ArrayPool<byte>.Shared.Return(pooled);
            (pooled, ahead) = (null, default);
            stored.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Take(Span<byte> target)
    {
        var length = Math.Min(ahead.Length, target.Length);
        ahead.Span[..length].CopyTo(target);
        ahead = ahead[length..];
        return length;
    }

    private void Note(int read, int asked)
    {
        IsBroken = false;
        IsExhausted |= read == 0 && asked > 0;
    }
}

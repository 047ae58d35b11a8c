using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Vbs.Volumes;

/// <summary>The content of a volume. Read from one end to the other it is fetched ahead by several requests at once;
/// after a jump the reading ahead begins anew with one. Asynchronous reading only, one read at a time.</summary>
internal sealed class VolumeContentStream(PageBlobClient blob, ETag etag, long lengthBytes) : Stream
{
    /// <summary>One request. A request of 4 MiB spends most of its time on bytes, not on latency.</summary>
    private const int PartBytes = 4 << 20;

    /// <summary>Requests under way or answered, the one being read included: 16 MiB of memory.</summary>
    private const int MaxPartsAhead = 4;

    private readonly CancellationTokenSource closed = new();
    private readonly Queue<(long Index, Task<byte[]> Bytes)> ahead = new();
    private readonly Stack<byte[]> spare = new();
    private int partsAhead = 1;
    private long current = -1;
    private long position;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => lengthBytes;

    /// <inheritdoc/>
    public override long Position
    {
        get => position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            position = value;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= lengthBytes || buffer.IsEmpty)
        {
            return 0;
        }

        var index = position / PartBytes;
        await ReadAheadAsync(index);
        var bytes = await ahead.Peek().Bytes.WaitAsync(cancellationToken);
        var part = bytes.AsMemory(0, PartLength(index))[(int)(position % PartBytes)..];
        var count = Math.Min(part.Length, buffer.Length);
        part[..count].CopyTo(buffer);
        position += count;
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Not supported: a volume is read over the network.</summary>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read a volume asynchronously.");

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        SeekOrigin.End => lengthBytes + offset,
        _ => throw new ArgumentOutOfRangeException(nameof(origin)),
    };

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        Dispose();
        await DropUntilAsync(long.MaxValue);
        await base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !closed.IsCancellationRequested)
        {
            closed.Cancel();
            closed.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask ReadAheadAsync(long index)
    {
        if (index == current)
        {
            return;
        }

        await DropUntilAsync(index);
        partsAhead = index == current + 1 ? Math.Min(2 * partsAhead, MaxPartsAhead) : 1;
        current = index;
        for (var next = index + ahead.Count; ahead.Count < partsAhead && next * PartBytes < lengthBytes; next++)
        {
            ahead.Enqueue((next, FetchAsync(next, closed.Token)));
        }
    }

    private async ValueTask DropUntilAsync(long index)
    {
        while (ahead.TryPeek(out var first) && first.Index != index)
        {
            ahead.Dequeue();
            await ((Task)first.Bytes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (first.Bytes.IsCompletedSuccessfully)
            {
                spare.Push(await first.Bytes);
            }
        }
    }

    private int PartLength(long index) => (int)Math.Min(PartBytes, lengthBytes - index * PartBytes);

    private async Task<byte[]> FetchAsync(long index, CancellationToken cancellationToken)
    {
        var bytes = spare.TryPop(out var free) ? free : new byte[PartBytes];
        var options = new BlobDownloadOptions
        {
            Range = new HttpRange(index * PartBytes, PartLength(index)),
            Conditions = new BlobRequestConditions { IfMatch = etag },
        };
        using var part = (await blob.DownloadStreamingAsync(options, cancellationToken)).Value;
        await part.Content.ReadExactlyAsync(bytes.AsMemory(0, PartLength(index)), cancellationToken);
        return bytes;
    }
}

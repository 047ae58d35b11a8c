namespace Vbs.Backups;

/// <summary>The stored bytes of an object, on their way to a decoder. It remembers how reading went, because decoders turn a
/// broken connection into an exception of their own, and say nothing when the bytes end too early.</summary>
internal sealed class StoredStream(Stream stored) : ForwardStream
{
    /// <summary>Whether the last read did not come to its end: the storage is to blame, not the object.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether the decoder has asked for more than there is.</summary>
    public bool IsExhausted { get; private set; }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        IsBroken = true;
        var read = await stored.ReadAsync(buffer, cancellationToken);
        return Note(read, buffer.Length);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        IsBroken = true;
        var read = stored.Read(buffer, offset, count);
        return Note(read, count);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stored.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Note(int read, int asked)
    {
        IsBroken = false;
        IsExhausted |= read == 0 && asked > 0;
        return read;
    }
}

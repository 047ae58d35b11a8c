using ICSharpCode.SharpZipLib.BZip2;

namespace Vbs.Backups;

/// <summary>Decodes bzip2 without blocking on the network, although the decoder reads synchronously, byte by byte.</summary>
internal sealed class Bz2Stream(Stream stored) : ForwardStream
{
    /// <summary>Decoded in one go between two looks at the read-ahead: less than a block.</summary>
    private const int MaxReadBytes = 64 * 1024;

    private readonly ReadAheadStream ahead = new(stored);
    private BZip2InputStream? decoder;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await ahead.FillAsync(cancellationToken);
        // It decodes its first block when it is made.
        decoder ??= new BZip2InputStream(ahead);
        return decoder.Read(buffer.Span[..Math.Min(buffer.Length, MaxReadBytes)]);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            decoder?.Dispose();
            decoder = null;
            ahead.Dispose();

            // A decoder leaves 4.5 MB of large arrays behind, and the runtime lets some 60 MiB of them pile up before it collects any.
            // Among so few objects a collection takes a millisecond; decoding one object took seconds.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        }

        base.Dispose(disposing);
    }
}

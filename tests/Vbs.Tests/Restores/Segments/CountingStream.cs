namespace Vbs.Tests.Restores.Segments;

/// <summary>Bytes in memory that count how many were read, also when closed, and tell of each reading before it happens.</summary>
internal sealed class CountingStream(byte[] bytes, Func<int, CancellationToken, Task>? beforeRead = null, int atMost = int.MaxValue)
    : MemoryStream(bytes, writable: false)
{
    public long BytesRead { get; private set; }

    public Action? Closed { get; init; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var next = buffer[..Math.Min(buffer.Length, atMost)];
        if (beforeRead is not null)
        {
            await beforeRead(next.Length, cancellationToken);
        }

        var read = await base.ReadAsync(next, cancellationToken);
        BytesRead += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Closed?.Invoke();
    }
}

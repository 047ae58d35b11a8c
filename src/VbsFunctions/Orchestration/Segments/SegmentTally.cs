using Vbs.Restores;
using Vbs.Restores.Segments;

namespace VbsFunctions.Orchestration;

/// <summary>Adds up what a segment puts on its volume: an addition for each request, of up to 4 MiB.</summary>
internal sealed class SegmentTally
{
    private long restored;
    private long cleared;
    private bool volumeRefused;

    /// <summary>Bytes written.</summary>
    public long BytesRestored => Interlocked.Read(ref restored);

    /// <summary>Zero bytes cleared.</summary>
    public long BytesCleared => Interlocked.Read(ref cleared);

    /// <summary>Whether the volume refused a write for good, so that a fault is not the data's.</summary>
    public bool VolumeRefused => Volatile.Read(ref volumeRefused);

    /// <summary>The same writes, counted.</summary>
    public WritePages Count(WritePages write) => (offsetBytes, bytes, cancellationToken) =>
        CountAsync(write(offsetBytes, bytes, cancellationToken), () => Interlocked.Add(ref restored, bytes.Length));

    /// <summary>The same clears, counted.</summary>
    public ClearPages Count(ClearPages clear) => (range, cancellationToken) =>
        CountAsync(clear(range, cancellationToken), () => Interlocked.Add(ref cleared, range.LengthBytes));

    private async Task CountAsync(Task request, Action count)
    {
        try
        {
            await request;
        }
        catch (RestoreFaultException)
        {
            Volatile.Write(ref volumeRefused, true);
            throw;
        }

        count();
    }
}

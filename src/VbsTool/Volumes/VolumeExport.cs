using System.Buffers;
using Microsoft.Win32.SafeHandles;
using Vbs.Restores;
using Vbs.Restores.Planning;
using Vbs.Volumes;

namespace VbsTool.Volumes;

/// <summary>Copies the content of a disk to a file. Only what the disk holds is fetched and written; the rest are holes
/// where the file system makes them. The file takes its name when it is whole and on disk.</summary>
internal sealed class VolumeExport(VolumeStore volumes)
{
    private const int BufferBytes = 4 << 20;

    /// <summary>Exports a disk, under a progress bar. After a failure there is no file.</summary>
    /// <exception cref="ToolException">There is a file of that name.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task RunAsync(Volume volume, string path, Terminal terminal, CancellationToken cancellationToken)
    {
        if (Path.Exists(path))
        {
            throw new ToolException($"'{path}' exists already; it was not overwritten.");
        }

        var unfinished = $"{path}.{volume.Id}.part";
        try
        {
            // The content is pinned before its ranges are listed: whatever is written after that fails the copy.
            await using var content = await volumes.OpenReadAsync(volume.ProjectId, volume.Id, cancellationToken);
            var ranges = await volumes.GetDataRangesAsync(volume.ProjectId, volume.Id, cancellationToken).ToListAsync(cancellationToken);
            using (var file = File.OpenHandle(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.Asynchronous))
            {
                await terminal.MeterAsync("Exporting", ranges.Sum(range => range.LengthBytes), async progress =>
                {
                    await CopyAsync(content, ranges, file, progress, cancellationToken);
                    return true;
                });
            }

            File.Move(unfinished, path);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async Task CopyAsync(
        Stream content, IReadOnlyList<ByteRange> ranges, SafeFileHandle file, Action<long> progress, CancellationToken cancellationToken)
    {
        RandomAccess.SetLength(file, content.Length);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            foreach (var range in ranges)
            {
                content.Position = range.OffsetBytes;
                for (var offset = range.OffsetBytes; offset < range.EndBytes;)
                {
                    var part = buffer.AsMemory(0, (int)Math.Min(BufferBytes, range.EndBytes - offset));
                    await content.ReadExactlyAsync(part, cancellationToken);
                    await RandomAccess.WriteAsync(file, part, offset, cancellationToken);
                    progress(part.Length);
                    offset += part.Length;
                }
            }

            RandomAccess.FlushToDisk(file);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

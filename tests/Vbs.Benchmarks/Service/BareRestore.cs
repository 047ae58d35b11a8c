using System.Diagnostics;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Vbs.Benchmarks.Serving;

namespace Vbs.Benchmarks.Service;

/// <summary>The limit of a storage: the objects of a backup fetched and the pages of its disk put by a plain loop, which neither
/// inflates nor proves anything. Pages of zeros cost it nothing.</summary>
internal sealed class BareRestore(BlobContainerClient backups, BlobContainerClient disks, StoredContent content)
{
    private const int PutBytes = 4 << 20;
    private const int ZeroRunBytes = 32 * 1024;

    private readonly List<(int Offset, int Length)> puts = Puts(content.Bytes.Span);

    /// <summary>Does it once.</summary>
    /// <param name="pair">The backup to fetch and the disk to write.</param>
    /// <param name="requestsAtOnce">How many requests are under way at a time.</param>
    /// <returns>Seconds.</returns>
    public async Task<double> RunAsync(Pair pair, int requestsAtOnce)
    {
        var disk = disks.GetPageBlobClient($"{pair.Volume.ProjectId}/{pair.Volume.Id}.vhd");
        var start = Stopwatch.GetTimestamp();
        var work = content.Names(pair.Backup).Select(name => (Func<Task>)(() => FetchAsync(name)))
            .Concat(puts.Select(put => (Func<Task>)(() => PutAsync(disk, put.Offset, put.Length))));
        await Parallel.ForEachAsync(Interleave([.. work]), new ParallelOptions { MaxDegreeOfParallelism = requestsAtOnce }, async (run, _) => await run());
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // Fetches among the puts, as a restore has them.
    private static IEnumerable<Func<Task>> Interleave(List<Func<Task>> work) => work.Select((run, i) => (run, i)).OrderBy(item => (item.i * 61) % work.Count).Select(item => item.run);

    private async Task FetchAsync(string name)
    {
        using var download = (await backups.GetBlobClient(name).DownloadStreamingAsync()).Value;
        await download.Content.CopyToAsync(Stream.Null);
    }

    private async Task PutAsync(PageBlobClient disk, int offset, int length)
    {
        using var pages = new MemoryStream(content.Bytes.Slice(offset, length).ToArray(), writable: false);
        await disk.UploadPagesAsync(pages, offset, new PageBlobUploadPagesOptions());
    }

    private static List<(int Offset, int Length)> Puts(ReadOnlySpan<byte> bytes)
    {
        var puts = new List<(int Offset, int Length)>();
        for (var offset = 0; offset < bytes.Length; offset += ZeroRunBytes)
        {
            var run = bytes.Slice(offset, Math.Min(ZeroRunBytes, bytes.Length - offset));
            if (!run.ContainsAnyExcept((byte)0))
            {
                continue;
            }

            if (puts is [.., var last] && last.Offset + last.Length == offset && last.Length + run.Length <= PutBytes)
            {
                puts[^1] = (last.Offset, last.Length + run.Length);
            }
            else
            {
                puts.Add((offset, run.Length));
            }
        }

        return puts;
    }
}

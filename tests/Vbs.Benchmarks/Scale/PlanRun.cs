using System.Globalization;
using System.Text.Json;
using Azure.Storage.Blobs;
using Vbs.Backups;
using Vbs.Benchmarks.Measuring;
using Vbs.Restores;

namespace Vbs.Benchmarks.Scale;

/// <summary>Plans in a process of its own, whose memory is nobody else's, then reads some segments as their activities do.</summary>
internal static class PlanRun
{
    /// <summary>Segments read after planning.</summary>
    public const int SegmentsRead = 100;

    private const int BlockBytes = 32 * 1024;
    private static readonly RestoreId RestoreId = RestoreId.Parse("0123456789abcdef0123456789abcdef", CultureInfo.InvariantCulture);

    /// <summary>Plans once and prints the <see cref="Outcome"/>; a line of input later reads the segments and ends.</summary>
    /// <param name="arguments">Address of the store, bytes of the disk, backups in the chain.</param>
    /// <param name="input">A line of it begins the second half.</param>
    /// <param name="output">Where the outcome goes, as a line of JSON.</param>
    public static async Task RunAsync(IReadOnlyList<string> arguments, TextReader input, TextWriter output)
    {
        var blobs = new BlobServiceClient(new Uri(arguments[0]));
        var chain = ScaleBenchmark.Chain(long.Parse(arguments[1], CultureInfo.InvariantCulture), int.Parse(arguments[2], CultureInfo.InvariantCulture));
        var plans = new PlanStore(blobs.GetBlobContainerClient("restores"));
        var planner = new RestorePlanner(blobs.GetBlobContainerClient("backups"), plans);
        var newest = chain[^1].Record;
        var segments = 0;
        var cost = await Cost.OfAsync(async () =>
        {
            var (plan, fault) = await planner.PlanAsync(RestoreId, newest, newest.SizeGiB, FindAsync, CancellationToken.None);
            segments = plan?.SegmentCount ?? throw new InvalidOperationException(fault!.Reason);
        });
        await output.WriteLineAsync(JsonSerializer.Serialize(new Outcome(cost, segments, GC.GetTotalAllocatedBytes())));
        await output.FlushAsync();

        await input.ReadLineAsync();
        for (var i = 0; i < SegmentsRead; i++)
        {
            await ReadAsync(plans, (int)((long)i * segments / SegmentsRead));
        }

        Task<Backup?> FindAsync(BackupId id, CancellationToken cancellationToken) =>
            Task.FromResult(Array.Find(chain, backup => backup.Record.Id == id)?.Record);
    }

    // One run of digests for each object, as the pipeline reads them.
    private static async Task ReadAsync(PlanStore plans, int index)
    {
        foreach (var item in (await plans.ReadSegmentAsync(RestoreId, index, CancellationToken.None)).Objects)
        {
            var first = item.Live[0].OffsetBytes / BlockBytes;
            var end = (item.Live[^1].EndBytes + BlockBytes - 1) / BlockBytes;
            await plans.ReadDigestsAsync(RestoreId, first, (int)(end - first), CancellationToken.None);
        }
    }

    /// <param name="Cost">What planning took.</param>
    /// <param name="Segments">How many segments there are.</param>
    /// <param name="AllocatedBytes">Bytes of objects made meanwhile.</param>
    internal sealed record Outcome(Cost Cost, int Segments, long AllocatedBytes);
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Vbs.Benchmarks.Measuring;
using Vbs.Benchmarks.Serving;
using Vbs.Restores;

namespace Vbs.Benchmarks.Scale;

/// <summary>The plan and the digest index of a disk of 4 TiB, which no machine here could hold: time, memory and requests, and that
/// they grow with the disk and no faster. Then what one segment reads of them.</summary>
internal static class ScaleBenchmark
{
    private const long FullBytes = 4L << 40;

    // An increment of one object in ten.
    private const int IncrementEvery = 10;

    /// <summary>The chain of a disk, the full backup first.</summary>
    public static HugeBackup[] Chain(long diskBytes, int backups) =>
        [.. Enumerable.Range(1, backups).Select(id => new HugeBackup(id, diskBytes, id == 1 ? 1 : IncrementEvery))];

    /// <summary>Runs all sizes; an argument is a divisor of the full size and leaves only that.</summary>
    public static async Task RunAsync(IReadOnlyList<string> arguments, Report report, CancellationToken cancellationToken)
    {
        (int Divisor, int Backups)[] sizes = arguments is [var one, ..] ? [(int.Parse(one, CultureInfo.InvariantCulture), 1)] : [(4, 1), (2, 1), (1, 1), (1, 2)];
        var plans = new Table(
            "Planning: objects of 50 MiB, blocks of 32 KiB",
            "disk GiB", "backups", "objects", "digests", "seconds", "CPU s", "CPU ms/object", "peak MiB", "allocated MiB", "requests", "written MiB");
        var segments = new Table("What a segment reads of it", "disk GiB", "backups", "segments", "requests", "KiB");
        foreach (var (divisor, backups) in sizes)
        {
            await RunAsync(Chain(FullBytes / divisor, backups), plans, segments, cancellationToken);
            report.Progress($"1/{divisor} of 4 TiB, {backups} in the chain: done");
        }

        report.Show(plans);
        report.Show(segments);
        report.Note($"Peak memory of the service itself after planning a disk of {FullBytes / sizes[^1].Divisor >> 30} GiB: {await ServicePeakAsync(FullBytes / sizes[^1].Divisor) >> 20} MiB.");
    }

    // A restore that is planned, and fails at its first segment: the objects are not there.
    private static async Task<long> ServicePeakAsync(long diskBytes)
    {
        var chain = Chain(diskBytes, backups: 1);
        await using var store = await HugeStore.StartAsync(chain);
        await using var installation = await Installation.StartAsync();
        var project = ProjectTokens.Project(0);
        var backup = chain[0].Record with { ProjectId = project, Status = BackupStatus.Available };
        var volume = new Volume
        {
            ProjectId = project,
            Id = new VolumeId(backup.Id.Value),
            Status = VolumeStatus.Available,
            SizeGiB = backup.SizeGiB,
            CreatedAt = backup.CreatedAt,
        };
        var pair = await installation.AddAsync(new Pair(0, backup, volume));
        await using var service = await RunningService.StartAsync(installation.Azurite.ConnectionString, installation.WithBlobsAt(store.Address));
        using var client = new Client(service.Address);
        var end = await client.WaitForEndAsync(await client.AcceptAsync(pair), pair);
        return (string?)end["error_code"] == "VolumeBackup.0111"
            ? service.PeakBytes
            : throw new InvalidOperationException($"The restore should have been planned, and have missed its first object: {end}");
    }

    private static async Task RunAsync(HugeBackup[] chain, Table plans, Table segments, CancellationToken cancellationToken)
    {
        await using var store = await HugeStore.StartAsync(chain);
        var (sizeGiB, objects) = (chain[0].DiskBytes >> 30, chain.Sum(backup => backup.Objects));
        using var child = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!, ["scale-plan", store.Address.ToString(), $"{chain[0].DiskBytes}", $"{chain.Length}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var line = await child.StandardOutput.ReadLineAsync(cancellationToken);
        var outcome = JsonSerializer.Deserialize<PlanRun.Outcome>(line ?? throw new InvalidOperationException("The planning process ended."))!;
        var (requests, read) = (store.Requests, store.ReadBytes);
        plans.Add(
            sizeGiB, chain.Length, objects, chain[^1].Blocks, outcome.Cost.Seconds, outcome.Cost.CpuSeconds, outcome.Cost.CpuSeconds / objects * 1_000,
            outcome.Cost.PeakBytes >> 20, outcome.AllocatedBytes >> 20, requests, store.WrittenBytes >> 20);

        await child.StandardInput.WriteLineAsync();
        await child.WaitForExitAsync(cancellationToken);
        segments.Add(
            sizeGiB, chain.Length, outcome.Segments,
            (double)(store.Requests - requests) / PlanRun.SegmentsRead,
            (store.ReadBytes - read) / 1024.0 / PlanRun.SegmentsRead);
    }
}

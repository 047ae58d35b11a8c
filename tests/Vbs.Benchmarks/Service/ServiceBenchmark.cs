using System.Diagnostics;
using System.Globalization;
using System.Text;
using Vbs.Benchmarks.Measuring;
using Vbs.Benchmarks.Serving;

namespace Vbs.Benchmarks.Service;

/// <summary>A whole restore through the running service, from the client's call to the end that its job tells, beside the storage's limit.</summary>
/// <remarks>In turns on one storage, each restore to a fresh disk of its own, and each when what came before is on the machine's disk: it
/// would be written during the next. The first restore is not counted. A restore of two blocks shows what is not data: accepting, planning,
/// the steps of the orchestration.</remarks>
internal static class ServiceBenchmark
{
    private const int Rounds = 5;
    private const int ObjectBytes = 52_428_800;
    private static readonly int[] AtOnce = [2, 4, 8, 16, 32];

    /// <summary>Runs it; an argument is the content's MiB instead of 1,024.</summary>
    public static async Task RunAsync(IReadOnlyList<string> arguments, Report report, CancellationToken cancellationToken)
    {
        var sizeMiB = arguments is [var size, ..] ? int.Parse(size, CultureInfo.InvariantCulture) : 1_024;
        var content = new StoredContent(Bytes(sizeMiB), ObjectBytes, isCompressed: true);
        await using var installation = await Installation.StartAsync();
        var bare = new BareRestore(installation.Backups, installation.Disks, content);
        var best = await FindBestAsync(installation, bare, content, report);
        await using var service = await RunningService.StartAsync(installation.Azurite.ConnectionString, installation.Azurite.ConnectionString);
        using var client = new Client(service.Address);
        await client.RestoreAsync(await installation.MakeOneAsync(0, content));

        var warm = service.ProcessorTime;
        List<double> restores = [], limits = [], empty = [];
        for (var round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (pair, other) = (await installation.MakeOneAsync(round, content), await installation.MakeOneAsync(round, content));
            await FlushAsync();
            limits.Add(await bare.RunAsync(pair, best));
            await FlushAsync();
            restores.Add((await client.RestoreAsync(other)).TotalSeconds);
            empty.Add((await client.RestoreAsync(await installation.MakeOneAsync(round, StoredContent.Small()))).TotalSeconds);
            report.Progress($"restore {restores[^1]:0.0} s, limit {limits[^1]:0.0} s, a disk of two blocks {empty[^1]:0.00} s");
        }

        report.Show(new Table(
            $"A restore of {sizeMiB} MiB through the service",
            "stored MiB", "seconds", "MiB/s", "limit s", "limit requests at once", "share %", "service CPU s", "service peak MiB", "two blocks s")
            .Add(
                content.StoredBytes >> 20, Median(restores), sizeMiB / Median(restores), Median(limits), best,
                100 * Median([.. limits.Zip(restores, (limit, restore) => limit / restore)]),
                (service.ProcessorTime - warm).TotalSeconds / Rounds, service.PeakBytes >> 20, Median(empty)));
    }

    private static async Task<int> FindBestAsync(Installation installation, BareRestore bare, StoredContent content, Report report)
    {
        var (best, seconds) = (0, double.MaxValue);
        foreach (var atOnce in AtOnce)
        {
            await FlushAsync();
            var took = await bare.RunAsync(await installation.MakeOneAsync(atOnce, content), atOnce);
            report.Progress($"limit with {atOnce} requests at once: {took:0.0} s");
            (best, seconds) = took < seconds ? (atOnce, took) : (best, seconds);
        }

        return best;
    }

    private static async Task FlushAsync()
    {
        using var sync = Process.Start("sync");
        await sync.WaitForExitAsync();
    }

    // Half random, a quarter zeros, a quarter text, in runs of 1 MiB.
    private static byte[] Bytes(int sizeMiB)
    {
        var (bytes, random) = (new byte[sizeMiB << 20], new Random(1));
        for (var i = 0; i < sizeMiB; i++)
        {
            var run = bytes.AsSpan(i << 20, 1 << 20);
            if (i % 4 < 2)
            {
                random.NextBytes(run);
            }
            else if (i % 4 == 2)
            {
                for (var line = 0; line < run.Length; line += 64)
                {
                    Encoding.ASCII.GetBytes($"{random.Next(100_000):d6} the quick brown fox jumps over the lazy dog {random.Next(10):d10}\n", run[line..]);
                }
            }
        }

        return bytes;
    }

    private static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);
}

using System.Globalization;
using Vbs.Benchmarks.Measuring;
using Vbs.Restores.Planning;

namespace Vbs.Benchmarks.Restoring;

/// <summary><c>restore [--folder DIR] [--rounds N] [--only TEXT] [Setting=NUMBER …]</c>: the data path beside the tools an operator would
/// use instead.</summary>
/// <remarks>Each round runs every tool once on every backup, so that what else the machine does meets all of them; the table has the
/// medians. Backups are made once and kept in the folder. Results are compared by SHA-256, outside the timing.</remarks>
internal static class RestoreBenchmark
{
    private const long GiB = 1L << 30;
    private const long MiB = 1L << 20;

    private static readonly BackupSpec[] Specs =
    [
        new(Compression.Zlib, 50 * MiB, GiB),
        new(Compression.Zlib, 50 * MiB, GiB, Times: 64),
        new(Compression.Zlib, GiB, GiB),
        new(Compression.Zlib, 50 * MiB, GiB, Increments: 2),
        new(Compression.Zstd, 50 * MiB, GiB),
        new(Compression.Zstd, GiB, GiB),
        new(Compression.None, 50 * MiB, GiB),
        new(Compression.None, GiB, GiB),
        new(Compression.Bz2, 50 * MiB, GiB / 4),
        new(Compression.Bz2, GiB / 4, GiB / 4),
    ];

    /// <summary>Runs it.</summary>
    public static async Task RunAsync(IReadOnlyList<string> arguments, Report report, CancellationToken cancellationToken)
    {
        var folder = Option(arguments, "--folder") ?? Path.Combine(Path.GetTempPath(), "vbs-benchmarks");
        var rounds = int.Parse(Option(arguments, "--rounds") ?? "3", CultureInfo.InvariantCulture);
        var settings = arguments.Where(argument => argument.Contains('=', StringComparison.Ordinal)).ToList();
        var cases = Specs.Where(spec => Option(arguments, "--only") is not { } only || spec.Name.Contains(only, StringComparison.OrdinalIgnoreCase)).ToList();
        report.Note($"Medians of {rounds} rounds. Peers: qemu-img {(Peers.HasQemu ? "" : "not ")}installed, Cinder {(Peers.HasCinder ? "" : "not ")}installed. {string.Join(' ', settings)}");
        Directory.CreateDirectory(folder);
        var prepared = new List<RestoreCase>();
        foreach (var spec in cases)
        {
            report.Progress($"backup: {spec.Name}");
            prepared.Add(await RestoreCase.PrepareAsync(spec, folder, settings));
        }

        for (var round = 1; round <= rounds; round++)
        {
            foreach (var prepare in prepared)
            {
                cancellationToken.ThrowIfCancellationRequested();
                report.Progress($"round {round}: {prepare.Spec.Name}");
                await prepare.RunAsync();
            }
        }

        var table = new Table(
            "Restore to a fresh disk",
            "backup", "MiB/s", "CPU s/GiB", "peak MiB", "store CPU s/GiB",
            "qemu-img MiB/s", "ours/qemu-img", "its CPU s/GiB", "Cinder MiB/s", "ours/Cinder", "its CPU s/GiB ", "its peak MiB");
        prepared.ForEach(prepare => prepare.AddTo(table));
        report.Show(table);
    }

    private static string? Option(IReadOnlyList<string> arguments, string name) =>
        arguments.SkipWhile(argument => argument != name).Skip(1).FirstOrDefault();
}

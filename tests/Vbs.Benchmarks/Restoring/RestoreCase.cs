using System.Globalization;
using Vbs.Benchmarks.Measuring;

namespace Vbs.Benchmarks.Restoring;

/// <summary>One backup, with everything that restores it, and what each took so far.</summary>
internal sealed class RestoreCase(BackupSpec spec, string folder, string content, string? qcow2, IReadOnlyList<string> settings)
{
    private const double MiB = 1 << 20;
    private readonly List<Cost> ours = [];
    private readonly List<double> store = [];
    private readonly List<Cost> qemu = [];
    private readonly List<Cost> cinder = [];

    /// <summary>What is restored.</summary>
    public BackupSpec Spec => spec;

    /// <summary>Makes the backup, where it is not there yet.</summary>
    public static async Task<RestoreCase> PrepareAsync(BackupSpec spec, string root, IReadOnlyList<string> settings)
    {
        var full = Path.Combine(root, "content");
        if (!File.Exists(full))
        {
            Content.Write(full, 1L << 30);
        }

        var folder = Path.Combine(root, spec.Folder);
        var content = BackupWriter.Write(spec, folder, full);
        return new RestoreCase(spec, folder, content, spec.Times > 1 ? null : await Peers.PrepareQemuAsync(spec, folder, content), settings);
    }

    /// <summary>One round: each tool once, each to a file that was not there.</summary>
    public async Task RunAsync()
    {
        ours.Add(await CheckedAsync(RunOursAsync));
        if (qcow2 is not null)
        {
            qemu.Add(await CheckedAsync(target => Peers.RunQemuAsync(qcow2, target)));
        }

        if (Peers.HasCinder && spec.Times == 1)
        {
            cinder.Add(await CheckedAsync(target => Peers.RunCinderAsync(spec, folder, target)));
        }
    }

    /// <summary>Adds its row: medians, and ratios of medians.</summary>
    public void AddTo(Table table)
    {
        var us = Cost.Median(ours);
        var image = qemu.Count > 0 ? Cost.Median(qemu) : null;
        var driver = cinder.Count > 0 ? Cost.Median(cinder) : null;
        var gib = spec.DiskBytes / (double)(1L << 30);
        table.Add(
            spec.Name, Speed(us), us.CpuSeconds / gib, us.PeakBytes / MiB, store.Average() / gib,
            Speed(image), image?.Seconds / us.Seconds, image?.CpuSeconds / gib,
            Speed(driver), driver?.Seconds / us.Seconds, driver?.CpuSeconds / gib, driver?.PeakBytes / MiB);
    }

    private double? Speed(Cost? cost) => spec.DiskBytes / MiB / cost?.Seconds;

    private async Task<Cost> RunOursAsync(string target)
    {
        var (server, address) = await Child.StartSelfAsync(
            "restore-store", folder, target, spec.ContentBytes.ToString(CultureInfo.InvariantCulture), spec.DiskBytes.ToString(CultureInfo.InvariantCulture));
        var ready = server.TotalProcessorTime.TotalSeconds;
        try
        {
            return await Child.RunSelfAsync(["restore-run", folder, address, $"{spec.Times}", $"{spec.Runs}", .. settings]);
        }
        finally
        {
            store.Add((await Child.StopAsync(server) - ready) / spec.Runs);
        }
    }

    private async Task<Cost> CheckedAsync(Func<string, Task<Cost>> restore)
    {
        var target = Path.Combine(Path.GetDirectoryName(folder)!, "restored");
        File.Delete(target);
        var cost = await restore(target);
        if (await Digest.OfAsync(target, spec.ContentBytes) != await Digest.OfAsync(content, spec.ContentBytes))
        {
            throw new InvalidDataException($"{spec.Name}: the disk that was restored is not the one that was backed up.");
        }

        File.Delete(target);
        return cost;
    }
}

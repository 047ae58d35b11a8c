using Vbs.Benchmarks.Measuring;
using Vbs.Restores.Planning;

namespace Vbs.Benchmarks.Restoring;

/// <summary>What an operator would use instead, on the same content.</summary>
internal static class Peers
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Whether qemu-img (qemu-utils) and GNU time are installed.</summary>
    public static bool HasQemu => File.Exists("/usr/bin/qemu-img") && File.Exists("/usr/bin/time");

    /// <summary>Whether Cinder's driver (python3-cinder) is installed.</summary>
    public static bool HasCinder => File.Exists("/usr/lib/python3/dist-packages/cinder/backup/drivers/posix.py");

    /// <summary>Makes the qcow2 that qemu-img is to read.</summary>
    /// <returns>Null where qcow2 has no such compression.</returns>
    public static async Task<string?> PrepareQemuAsync(BackupSpec spec, string folder, string content)
    {
        if (!HasQemu || spec.Compression == Compression.Bz2)
        {
            return null;
        }

        var image = Path.Combine(folder, "content.qcow2");
        if (!File.Exists(image))
        {
            string[] compress = spec.Compression == Compression.None ? [] : ["-c", "-o", $"compression_type={Name(spec.Compression)}"];
            // Under another name until it is whole.
            await Child.RunAsync(
                "qemu-img", [.. "convert -f raw -O qcow2".Split(' '), .. compress, content, $"{image}.part"]);
            File.Move($"{image}.part", image);
        }

        return image;
    }

    /// <summary><c>qemu-img convert</c>, sparse, which verifies nothing.</summary>
    public static Task<Cost> RunQemuAsync(string image, string target) =>
        Child.RunAsync("qemu-img", "convert", "-f", "qcow2", "-O", "raw", image, target);

    /// <summary>Cinder's posix backup driver on the same objects.</summary>
    public static Task<Cost> RunCinderAsync(BackupSpec spec, string folder, string target) =>
        Child.RunAsync(
            Python, Path.Combine(AppContext.BaseDirectory, "cinder_restore.py"), folder, target, Name(spec.Compression), $"{spec.Increments + 1}");

    private static string Name(Compression compression) => compression.ToString().ToLowerInvariant();
}

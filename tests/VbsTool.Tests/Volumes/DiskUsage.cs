using System.Diagnostics;
using System.Globalization;

namespace VbsTool.Volumes;

/// <summary>The space that a file takes, which .NET does not tell.</summary>
internal static class DiskUsage
{
    public static async Task<long> OfAsync(string file, CancellationToken cancellationToken)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no du.");
        using var du = Process.Start(new ProcessStartInfo("du", ["-k", file]) { RedirectStandardOutput = true })!;
        var output = await du.StandardOutput.ReadToEndAsync(cancellationToken);
        await du.WaitForExitAsync(cancellationToken);
        return long.Parse(output.Split('\t')[0], CultureInfo.InvariantCulture) * 1024;
    }
}

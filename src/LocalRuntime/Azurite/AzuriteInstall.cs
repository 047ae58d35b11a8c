using System.ComponentModel;
using System.Diagnostics;

namespace LocalRuntime.Azurite;

/// <summary>Puts the Azurite that package.json pins under <c>node_modules</c>, once, whoever asks first.</summary>
internal static class AzuriteInstall
{
    private const string Script = "node_modules/azurite/dist/src/azurite.js";
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(200);

    /// <summary>The repository's root: the nearest folder upwards with <c>VbsFunctions.sln</c>.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VbsFunctions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No VbsFunctions.sln above {AppContext.BaseDirectory}: start Azurite yourself.");
    }

    /// <summary>Installs Azurite if it is missing; safe to repeat and to call from several processes.</summary>
    /// <returns>The path of Azurite's script.</returns>
    /// <exception cref="InvalidOperationException">Node.js or npm is missing, or <c>npm ci</c> failed: the message is for a person.</exception>
    public static async Task<string> EnsureAsync(string root, TimeProvider time, CancellationToken cancellationToken)
    {
        var script = Path.Combine(root, Script);
        var wanted = Path.Combine(root, "package-lock.json");
        var installed = Path.Combine(root, "node_modules", ".installed-package-lock.json");
        if (AreSame(installed, wanted))
        {
            return script;
        }

        await using var turn = await TakeTurnAsync(Path.Combine(root, "artifacts", "npm.lock"), time, cancellationToken);
        if (!AreSame(installed, wanted))
        {
            await RunNpmAsync(root, cancellationToken);
            File.Copy(wanted, installed, overwrite: true);
        }

        return script;
    }

    private static bool AreSame(string installed, string wanted) =>
        File.Exists(installed) && File.ReadAllBytes(installed).AsSpan().SequenceEqual(File.ReadAllBytes(wanted));

    private static async Task<FileStream> TakeTurnAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                // Another process is installing: a file lock cannot be awaited.
                await Task.Delay(LockPoll, time, cancellationToken);
            }
        }
    }

    private static async Task RunNpmAsync(string root, CancellationToken cancellationToken)
    {
        var npm = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund"])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(npm)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"npm ci failed, so Azurite is not installed: {(await error).Trim()} {(await output).Trim()}");
            }
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("Node.js with npm is needed to run Azurite, and is not on the PATH: install Node.js 20 or later.");
        }
    }
}

namespace EndToEnd.Harness;

/// <summary>Runs the command-line tool as a process, with a service's settings.</summary>
public sealed class ToolProgram
{
    private readonly ServiceAccess access;

    internal ToolProgram(ServiceAccess access) => this.access = access;

    /// <summary>Imports a folder of backups into the project.</summary>
    public Task ImportAsync(string folder, CancellationToken cancellationToken) =>
        RunAsync(["import", folder, "--project", access.ProjectId], cancellationToken);

    /// <summary>Seeds the demo.</summary>
    /// <returns>What it says to type.</returns>
    public Task<string> DemoAsync(CancellationToken cancellationToken) => RunAsync(["demo"], cancellationToken);

    /// <summary>Makes empty disks.</summary>
    public async Task<IReadOnlyList<Guid>> CreateVolumesAsync(int sizeGiB, int count, CancellationToken cancellationToken)
    {
        var ids = await RunAsync(["volume", "create", "--project", access.ProjectId, "--size", $"{sizeGiB}", "--count", $"{count}"], cancellationToken);
        return [.. ids.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)];
    }

    private async Task<string> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Programs.Start(Programs.Tool, arguments, new Dictionary<string, string>
        {
            ["Vbs__Storage__ConnectionString"] = access.Storage,
            ["Vbs__Identity__StaticTokens__0__Token"] = access.Token,
            ["Vbs__Identity__StaticTokens__0__ProjectId"] = access.ProjectId,
            ["VBS_BASE_URL"] = access.BaseUrl,
        });
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"vbs {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
    }
}

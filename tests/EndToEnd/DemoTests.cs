using System.Diagnostics;
using EndToEnd.Harness;
using Testing;

namespace EndToEnd;

public sealed class DemoTests
{
    private const string RunTool = "dotnet run -c Local --project src/VbsTool --";

    private readonly CancellationToken cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_demo_says_to_type_restores_the_disk()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands are for a POSIX shell.");
        Assert.SkipWhen(ServiceAccess.Elsewhere() is not null, "The demo needs an empty catalog.");
        Assert.SkipWhen(Programs.Service is null, "No service runs by itself in this configuration.");
        await using var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        await using var service = new ServiceProcess(azurite.ConnectionString);
        await service.StartAsync(cancellationToken);
        using var project = new Project(service.Access);

        var text = await project.Tool.DemoAsync(cancellationToken);
        var commands = text.Split('\n').Where(line => line.StartsWith(' ')).ToArray();
        var output = await TypeAsync(service.Access, commands);

        var hash = output.TrimEnd().Split('\n')[^1];
        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Contains(hash, text, StringComparison.Ordinal);
        Assert.Contains("\"SUCCESS\"", output, StringComparison.Ordinal);
    }

    private async Task<string> TypeAsync(ServiceAccess access, string[] commands)
    {
        // The tool is built; the job's command is repeated as a person would.
        var script = string.Join('\n', commands).Replace(RunTool, $"dotnet '{Programs.Tool}'", StringComparison.Ordinal);
        var look = Assert.Single(commands, line => line.Contains("\"$job\"", StringComparison.Ordinal));
        script = script.Replace(look, $"until {look} | tee /dev/fd/3 | grep -q SUCCESS; do :; done", StringComparison.Ordinal);
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-euc", $"exec 3>&1\n{script}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["Vbs__Storage__ConnectionString"] = access.Storage },
        })!;
        var error = shell.StandardError.ReadToEndAsync(cancellationToken);
        var output = await shell.StandardOutput.ReadToEndAsync(cancellationToken);
        await shell.WaitForExitAsync(cancellationToken);
        Assert.True(shell.ExitCode == 0, await error);
        return output;
    }
}

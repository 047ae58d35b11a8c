using System.CommandLine;

namespace VbsTool.Demo;

/// <summary><c>vbs demo</c>: the first thing a person sees.</summary>
internal static class DemoCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create(Services services, Terminal terminal)
    {
        var command = new Command("demo", "Puts a chain of real Cinder backups and an empty disk into an empty catalog, and says what to type next.");
        command.SetAction(async (_, cancellationToken) =>
        {
            var settings = DemoSettings.Read(services.Settings);
            var isThere = await new DemoSeed(services, terminal).TryEnsureAsync(settings.ProjectId, cancellationToken);
            var newest = (await ExpectedRestore.ReadAsync(DemoSeed.Folder, cancellationToken))[^1];
            await terminal.Output.WriteLineAsync(isThere
                ? DemoText.Compose(settings, newest)
                : "The catalog holds backups or disks of its own, so there is no demo.");
        });
        return command;
    }
}

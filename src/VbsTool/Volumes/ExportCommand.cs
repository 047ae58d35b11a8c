using System.CommandLine;

namespace VbsTool.Volumes;

/// <summary><c>vbs volume export</c>: prints nothing; the file is the result.</summary>
internal static class ExportCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create(Services services, Terminal terminal)
    {
        var id = Arguments.Volume();
        var file = new Argument<string>("FILE") { Description = "Where the raw content goes. It must not exist, and appears only when whole." };
        var project = Arguments.Project();
        var command = new Command("export", "Writes the raw content of a disk to a file, sparse where the disk is empty.") { id, file, project };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var volume = await services.Catalog.FindReadableAsync(parsed.GetRequiredValue(project), parsed.GetRequiredValue(id), cancellationToken);
            await new VolumeExport(services.Volumes).RunAsync(volume, parsed.GetRequiredValue(file), terminal, cancellationToken);
        });
        return command;
    }
}

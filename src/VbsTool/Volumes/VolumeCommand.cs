using System.CommandLine;

namespace VbsTool.Volumes;

/// <summary><c>vbs volume</c> and its three subcommands.</summary>
internal static class VolumeCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create(Services services, Terminal terminal) => new("volume", "Makes disks and reads them back.")
    {
        CreateCommand.Create(services, terminal),
        ExportCommand.Create(services, terminal),
        HashCommand.Create(services, terminal),
    };
}

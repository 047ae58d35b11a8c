using System.CommandLine;
using Vbs.Restores;

namespace VbsTool.Import;

/// <summary><c>vbs import FOLDER</c>.</summary>
internal static class ImportCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create(Services services, Terminal terminal)
    {
        var folder = new Argument<string>("FOLDER")
        {
            Description = "Holds records.json (the backups' database fields) and objects/<container>/<object>.",
        };
        var project = new Option<ProjectId?>("--project")
        {
            Description = "The project to import for, instead of the records' own.",
            HelpName = "ID",
            CustomParser = Arguments.ParseOptionalId<ProjectId>,
        };
        var command = new Command("import", "Loads a folder of Cinder backups. Safe to repeat: what is there already is checked and left alone.")
        {
            folder,
            project,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var backups = await BackupFolder.ReadAsync(parsed.GetRequiredValue(folder), parsed.GetValue(project), cancellationToken);
            var importer = new Importer(services.Catalog, services.Backups);
            foreach (var (backup, isNew) in await importer.RunAsync(backups, terminal, cancellationToken))
            {
                await terminal.Output.WriteLineAsync($"{backup.Id}  {(isNew ? "imported" : "unchanged")}");
            }
        });
        return command;
    }
}

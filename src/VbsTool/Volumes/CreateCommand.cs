using System.CommandLine;
using Vbs.Restores;
using Vbs.Volumes;

namespace VbsTool.Volumes;

/// <summary><c>vbs volume create</c>: prints the ids, one a line.</summary>
internal static class CreateCommand
{
    private const int MostAtATime = 1000;
    private const int VolumesAtOnce = 8;

    /// <summary>Describes the command.</summary>
    public static Command Create(Services services, Terminal terminal)
    {
        var project = Arguments.Project();
        var size = new Option<int>("--size")
        {
            Description = $"Size of the disk in GiB, 1 to {VolumeStore.MaxSizeGiB}.",
            HelpName = "GIB",
            Required = true,
            CustomParser = Arguments.ParseNumber(1, VolumeStore.MaxSizeGiB),
        };
        var name = new Option<string?>("--name") { Description = "Display name.", HelpName = "NAME" };
        var id = new Option<VolumeId?>("--id")
        {
            Description = "The disk's id; a fresh one otherwise. With it, a repeat is safe.",
            HelpName = "UUID",
            CustomParser = Arguments.ParseOptionalId<VolumeId>,
        };
        var count = new Option<int>("--count")
        {
            Description = $"How many disks to make, 1 to {MostAtATime}.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
            CustomParser = Arguments.ParseNumber(1, MostAtATime),
        };
        var command = new Command("create", "Makes an empty disk, and prints its id.") { project, size, name, id, count };
        command.Validators.Add(result =>
        {
            if (result.GetResult(id) is not null && result.GetResult(count) is { Implicit: false })
            {
                result.AddError("--id names one disk: it does not go with --count.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var maker = new VolumeMaker(services.VolumeLifecycle, services.Time);
            var ids = parsed.GetValue(id) is { } given
                ? [given]
                : Enumerable.Range(0, parsed.GetValue(count)).Select(_ => new VolumeId(services.NewId())).ToArray();
            await services.Catalog.EnsureCreatedAsync(cancellationToken);
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = VolumesAtOnce, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(ids, parallel, async (volumeId, stop) =>
                await maker.MakeAsync(parsed.GetRequiredValue(project), volumeId, parsed.GetRequiredValue(size), parsed.GetValue(name), stop));
            foreach (var made in ids)
            {
                await terminal.Output.WriteLineAsync(made.ToString());
            }
        });
        return command;
    }
}

using Vbs.Restores;
using VbsTool.Import;
using VbsTool.Volumes;

namespace VbsTool.Demo;

/// <summary>
/// A chain of real Cinder backups and an empty disk in one project. It is put into an empty catalog only; a seeding
/// that was interrupted is finished by the next. The disk is made last: where it is, the demo is whole.
/// </summary>
internal sealed class DemoSeed(Services services, Terminal terminal)
{
    /// <summary>Size of the demo's disk: that of the backed-up volume.</summary>
    public const int SizeGiB = 1;

    /// <summary>The demo's disk: always the same, so that a later run finds it.</summary>
    public static VolumeId VolumeId { get; } = VolumeId.Parse("d15c0de0-0000-4000-8000-000000000001");

    /// <summary>Where the demo's backups lie beside the program.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "demo");

    /// <summary>Makes sure that the demo is there.</summary>
    /// <returns>False when the catalog holds other things and no demo; then nothing was changed.</returns>
    public async Task<bool> TryEnsureAsync(ProjectId projectId, CancellationToken cancellationToken)
    {
        await services.Catalog.EnsureCreatedAsync(cancellationToken);
        if (await services.Catalog.FindVolumeAsync(projectId, VolumeId, cancellationToken) is { Status: not VolumeStatus.Creating })
        {
            return true;
        }

        var folder = await BackupFolder.ReadAsync(Folder, projectId, cancellationToken);
        if (await services.Catalog.FindBackupAsync(projectId, folder.Backups[0].Record.Id, cancellationToken) is null
            && !await services.Catalog.IsEmptyAsync(cancellationToken))
        {
            return false;
        }

        await new Importer(services.Catalog, services.Backups).RunAsync(folder, terminal, cancellationToken);
        await new VolumeMaker(services.VolumeLifecycle, services.Time).MakeAsync(projectId, VolumeId, SizeGiB, "demo", cancellationToken);
        return true;
    }
}

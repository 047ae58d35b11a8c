using Azure.Storage.Blobs;
using EndToEnd.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Vbs.Backups;
using Vbs.Catalog;
using Vbs.Configuration;
using Vbs.Restores;
using Vbs.Volumes;

namespace VbsFunctions.Tests.Telemetry;

/// <summary>A backup and a used disk for it, in an app's storage: the backup all zeros but for 6 MiB at its start and 2 MiB at its end. With 160 MiB it has two segments.</summary>
internal sealed record AStoredBackup(BackupId BackupId, VolumeId VolumeId)
{
    private const int MiB = 1 << 20;

    /// <summary>Puts them.</summary>
    /// <param name="app">The app's services.</param>
    /// <param name="sizeMiB">Length of the backup.</param>
    /// <param name="isDamaged">Whether the first object is another's: what it says of itself is right, its bytes are not.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<AStoredBackup> PutAsync(IServiceProvider app, int sizeMiB, bool isDamaged, CancellationToken cancellationToken)
    {
        var content = new byte[sizeMiB * MiB];
        var random = new Random(1);
        random.NextBytes(content.AsSpan(0, 6 * MiB));
        random.NextBytes(content.AsSpan(^(2 * MiB)..));
        using var folder = new TemporaryFolder();
        await SyntheticBackup.WriteAsync(folder.Path, [new(new(content, 40 * MiB, isCompressed: true, blockBytes: MiB))], cancellationToken);

        var container = app.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(app.GetRequiredService<IOptions<StorageOptions>>().Value.BackupContainer);
        var objects = Path.Combine(folder.Path, "objects");
        foreach (var file in Directory.EnumerateFiles(objects, "*", SearchOption.AllDirectories))
        {
            var stored = isDamaged && file.EndsWith("-00001", StringComparison.Ordinal) ? file[..^1] + "2" : file;
            await container.GetBlobClient(Path.GetRelativePath(objects, file)).UploadAsync(stored, cancellationToken);
        }

        using var records = File.OpenRead(Path.Combine(folder.Path, "records.json"));
        var backup = CinderRecords.Read(records).Single() with { ProjectId = ProjectId.Parse(WatchedApp.ProjectId) };
        var catalog = app.GetRequiredService<CatalogTable>();
        await catalog.TryAddAsync(backup, cancellationToken);
        var volume = new Volume
        {
            ProjectId = backup.ProjectId,
            Id = new VolumeId(app.GetRequiredService<Func<Guid>>()()),
            Status = VolumeStatus.Available,
            SizeGiB = 1,
            CreatedAt = backup.CreatedAt,
        };
        await UseAsync(app, volume, cancellationToken);
        await catalog.TryAddAsync(volume, cancellationToken);
        return new AStoredBackup(backup.Id, volume.Id);
    }

    // A disk with something on it: of one that is all zeros, none would be cleared.
    private static async Task UseAsync(IServiceProvider app, Volume volume, CancellationToken cancellationToken)
    {
        var volumes = app.GetRequiredService<VolumeStore>();
        await volumes.CreateAsync(volume.ProjectId, volume.Id, volume.SizeGiB, cancellationToken);
        var target = volumes.Open(volume.ProjectId, volume.Id, new RestoreId(app.GetRequiredService<Func<Guid>>()()));
        Assert.Null(await target.AcquireAsync(volume.SizeGiB, cancellationToken));
        await target.WriteAsync(64L * MiB, Enumerable.Repeat((byte)1, 512).ToArray(), cancellationToken);
        await target.ReleaseAsync(cancellationToken);
    }

    /// <summary>Asks for the restore and follows its job to the end.</summary>
    /// <returns>Their ids, and the job's last answer.</returns>
    public async Task<(string RestoreId, string RequestId, string Job)> RestoreAsync(WatchedApp app, string name, CancellationToken cancellationToken)
    {
        using var body = new StringContent($$$"""{"restore":{"volume_id":"{{{VolumeId}}}","name":"{{{name}}}"}}""", mediaType: new("application/json"));
        using var request = app.Traced(HttpMethod.Post, $"/v3/{WatchedApp.ProjectId}/backups/{BackupId}/restore", body);
        using var accepted = await app.Http.SendAsync(request, cancellationToken);
        Assert.Equal(202, (int)accepted.StatusCode);
        var url = accepted.Headers.GetValues("Operation-Location").Single();
        var job = "";
        while (!job.Contains("\"SUCCESS\"", StringComparison.Ordinal) && !job.Contains("\"FAIL\"", StringComparison.Ordinal))
        {
            job = await app.Http.GetStringAsync(new Uri(url), cancellationToken);
        }

        return (url.Split('/')[^1], accepted.Headers.GetValues("x-openstack-request-id").Single(), job);
    }
}

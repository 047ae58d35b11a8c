using System.Buffers.Binary;
using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using LocalRuntime.Azurite;
using Microsoft.Extensions.Logging.Abstractions;
using Vbs.Catalog;
using Vbs.Restores;
using Vbs.Volumes;

namespace Vbs.Benchmarks.Serving;

/// <summary>An Azurite of our own with what a service needs in it: backups, disks and their records.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly CatalogTable catalog;
    private readonly VolumeStore volumes;
    private int ids;

    private Installation(AzuriteProcess azurite, DirectoryInfo folder)
    {
        (Azurite, this.folder) = (azurite, folder);
        Tables = new TableServiceClient(azurite.ConnectionString);
        catalog = new CatalogTable(Tables.GetTableClient("catalog"), TimeProvider.System, () => NewId(0xF), NullLogger<CatalogTable>.Instance);
        Backups = new BlobServiceClient(azurite.ConnectionString).GetBlobContainerClient("backups");
        Disks = new BlobServiceClient(azurite.ConnectionString).GetBlobContainerClient("volumes");
        volumes = new VolumeStore(Disks);
    }

    /// <summary>The storage.</summary>
    public AzuriteProcess Azurite { get; }

    /// <summary>Its tables.</summary>
    public TableServiceClient Tables { get; }

    /// <summary>Where the backups' objects are.</summary>
    public BlobContainerClient Backups { get; }

    /// <summary>Where the disks are.</summary>
    public BlobContainerClient Disks { get; }

    /// <summary>Starts the storage, empty.</summary>
    public static async Task<Installation> StartAsync()
    {
        var script = await AzuriteInstall.EnsureAsync(AzuriteInstall.FindRoot(), TimeProvider.System, CancellationToken.None);
        var folder = Directory.CreateTempSubdirectory("vbs-benchmark-");
        var azurite = await AzuriteProcess.StartAsync(script, folder.FullName, AzuritePorts.Free(), TimeProvider.System, CancellationToken.None);
        var installation = new Installation(azurite, folder);
        await installation.catalog.EnsureCreatedAsync(CancellationToken.None);
        await installation.Backups.CreateIfNotExistsAsync();
        return installation;
    }

    /// <summary>The connection string with the tables elsewhere, such as behind a tap.</summary>
    public string ConnectionString(int tablePort) => Azurite.ConnectionString.Replace(
        $":{Azurite.Ports.Table}/", $":{tablePort.ToString(CultureInfo.InvariantCulture)}/", StringComparison.Ordinal);

    /// <summary>The connection string with the blobs at another account.</summary>
    public string WithBlobsAt(Uri account) => Azurite.ConnectionString.Replace(
        $"http://127.0.0.1:{Azurite.Ports.Blob}/devstoreaccount1", account.ToString(), StringComparison.Ordinal);

    /// <summary>Makes some pairs, in turn for every project.</summary>
    public async Task<Pair[]> MakeAsync(int count, StoredContent? content)
    {
        var pairs = new Pair[count];
        await Parallel.ForAsync(0, count, async (i, _) => pairs[i] = await MakeOneAsync(i, content));
        return pairs;
    }

    /// <summary>Makes a backup, and a fresh disk of 1 GiB beside it; both may be restored at once.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="content">Its content; absent for a record without objects, which can be accepted and not restored.</param>
    public async Task<Pair> MakeOneAsync(int project, StoredContent? content)
    {
        var id = NewId(0xB);
        var volume = new Volume
        {
            ProjectId = ProjectTokens.Project(project),
            Id = new VolumeId(NewId(0xD)),
            Status = VolumeStatus.Available,
            SizeGiB = 1,
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        var backup = new Backup
        {
            ProjectId = volume.ProjectId,
            Id = new BackupId(id),
            VolumeId = volume.Id,
            Status = BackupStatus.Available,
            SizeGiB = 1,
            Container = "volumebackups",
            ObjectPrefix = $"volume_{volume.Id}/20261101010000/az_nova_backup_{id:D}",
            CreatedAt = volume.CreatedAt,
        };
        if (content is not null)
        {
            await volumes.CreateAsync(volume.ProjectId, volume.Id, volume.SizeGiB, CancellationToken.None);
            await content.UploadAsync(Backups, backup);
        }

        return await AddAsync(new Pair(project, backup, volume));
    }

    /// <summary>Adds the records of a pair.</summary>
    public async Task<Pair> AddAsync(Pair pair)
    {
        await catalog.TryAddAsync(pair.Backup, CancellationToken.None);
        await catalog.TryAddAsync(pair.Volume, CancellationToken.None);
        return pair;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Azurite.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private Guid NewId(int kind)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes[0] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(bytes[12..], Interlocked.Increment(ref ids));
        return new Guid(bytes, bigEndian: true);
    }
}

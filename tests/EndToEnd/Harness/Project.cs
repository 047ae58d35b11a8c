using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;

namespace EndToEnd.Harness;

/// <summary>One project of one service: its API, its storage, and the tool that fills it.</summary>
public sealed class Project : IDisposable
{
    private readonly ServiceAccess access;
    private readonly BlobServiceClient blobs;

    /// <summary>Makes the clients; no request is made.</summary>
    public Project(ServiceAccess access)
    {
        this.access = access;
        blobs = new BlobServiceClient(access.Storage);
        Api = new RestoreApi(access);
        Tool = new ToolProgram(access);
    }

    /// <summary>The calls of an OpenStack client.</summary>
    public RestoreApi Api { get; }

    /// <summary>The command-line tool, with the service's settings.</summary>
    public ToolProgram Tool { get; }

    /// <summary>The bytes of a disk.</summary>
    public Disk Disk(Guid volumeId) =>
        new(blobs.GetBlobContainerClient("volumes").GetPageBlobClient($"{access.ProjectId}/{volumeId:D}.vhd"));

    /// <summary>Whether a restore's work still has something of its own in storage: its plan goes with its last step.</summary>
    public async Task<bool> HasPlanAsync(Uri job, CancellationToken cancellationToken) =>
        await blobs.GetBlobContainerClient("restores").GetBlobsAsync(new() { Prefix = job.Segments[^1] }, cancellationToken).AnyAsync(cancellationToken);

    /// <summary>An object of an imported backup.</summary>
    public BlobClient ObjectOf(SyntheticBackup backup, string suffix) =>
        blobs.GetBlobContainerClient("backups").GetBlobClient($"{SyntheticBackup.Container}/{backup.Prefix}{suffix}");

    /// <inheritdoc/>
    public void Dispose() => Api.Dispose();
}

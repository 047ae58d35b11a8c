using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Testing;
using Vbs.Restores;
using Vbs.Volumes;

namespace Vbs.Tests.Volumes;

/// <summary>A volume id in a container of its own.</summary>
internal sealed class AVolume(AzuriteFixture azurite)
{
    private static int ids;

    public ProjectId Project { get; } = ProjectId.Parse("0123456789abcdef0123456789abcdef");

    public VolumeId Id { get; } = new(NextGuid());

    public BlobContainerClient Container { get; } = azurite.Blobs.GetBlobContainerClient(AzuriteFixture.UniqueName("volumes"));

    public VolumeStore Store => new(Container);

    public PageBlobClient Blob => Container.GetPageBlobClient($"{Project}/{Id}.vhd");

    public static RestoreId NewRestore() => new(NextGuid());

    public RestoreTarget Open(RestoreId restore) => Store.Open(Project, Id, restore);

    public async Task<AVolume> CreatedAsync(int sizeGiB, CancellationToken cancellationToken)
    {
        await Store.CreateAsync(Project, Id, sizeGiB, cancellationToken);
        return this;
    }

    public async Task<byte[]> ReadAsync(long offset, int length, CancellationToken cancellationToken)
    {
        await using var content = await Store.OpenReadAsync(Project, Id, cancellationToken);
        content.Position = offset;
        var bytes = new byte[length];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static Guid NextGuid() => new(Interlocked.Increment(ref ids), 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
}

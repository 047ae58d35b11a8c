using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Testing;
using Vbs.Backups;
using Vbs.Restores;
using Vbs.Restores.Planning;

namespace Vbs.Tests.Backups;

/// <summary>A planner on containers of its own, and the plainest restore that a plan allows.</summary>
internal sealed class PlannerRun
{
    private readonly RestorePlanner planner;

    public PlannerRun(AzuriteFixture azurite)
    {
        Backups = azurite.Blobs.GetBlobContainerClient(AzuriteFixture.UniqueName("backups"));
        Backups.Create();
        Restores = azurite.Blobs.GetBlobContainerClient(AzuriteFixture.UniqueName("restores"));
        Plans = new PlanStore(Restores);
        planner = new RestorePlanner(Backups, Plans);
    }

    public RestoreId Id { get; } = RestoreId.Parse("0123456789abcdef0123456789abcdef");

    public BlobContainerClient Backups { get; }

    public BlobContainerClient Restores { get; }

    public PlanStore Plans { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task<RestorePlan> PlanAsync(Backup newest, FindBackup find)
    {
        var (plan, fault) = await planner.PlanAsync(Id, newest, 1, find, Stop);
        Assert.Null(fault);
        return plan!;
    }

    public async Task<RestoreFault> RefusalAsync(Backup newest, FindBackup find, int volumeSizeGiB = 1)
    {
        var (plan, fault) = await planner.PlanAsync(Id, newest, volumeSizeGiB, find, Stop);
        Assert.Null(plan);
        return fault!;
    }

    /// <summary>Writes every live range, checks every block, and returns the content.</summary>
    public async Task<byte[]> RestoreAsync(RestorePlan plan)
    {
        var chunks = new ChunkStore(Backups);
        var disk = new byte[plan.ContentBytes];
        var written = 0L;
        for (var index = 0; index < plan.SegmentCount; index++)
        {
            var segment = await Plans.ReadSegmentAsync(Id, index, Stop);
            written += segment.LiveBytes;
            foreach (var item in segment.Objects)
            {
                var bytes = new MemoryStream();
                await using var stream = await chunks.OpenAsync(item.Chunk, item.Chunk.Range, Stop);
                await stream.CopyToAsync(bytes, Stop);
                Assert.Equal(item.Chunk.Range.LengthBytes, bytes.Length);
                foreach (var live in item.Live)
                {
                    bytes.GetBuffer().AsSpan((int)(live.OffsetBytes - item.Chunk.Range.OffsetBytes), (int)live.LengthBytes)
                        .CopyTo(disk.AsSpan((int)live.OffsetBytes));
                }
            }
        }

        Assert.Equal(plan.BytesTotal, written);
        var blocks = disk.Chunk(plan.BlockBytes).ToList();
        var digests = await Plans.ReadDigestsAsync(Id, 0, blocks.Count, Stop);
        Assert.Equal(blocks.SelectMany(SHA256.HashData), digests.ToArray());
        return disk;
    }

    public async Task<List<(string Name, string Bytes)>> BlobsAsync()
    {
        var blobs = new List<(string, string)>();
        await foreach (var blob in Restores.GetBlobsAsync(cancellationToken: Stop))
        {
            var content = await Restores.GetBlobClient(blob.Name).DownloadContentAsync(Stop);
            blobs.Add((blob.Name, Convert.ToBase64String(content.Value.Content)));
        }

        return blobs;
    }
}

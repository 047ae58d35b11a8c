using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Vbs.Restores;
using Vbs.Restores.Planning;

namespace Vbs.Backups;

/// <summary>Plans and digest indexes, as blobs by restore id. What is read of them is small, however large they are.</summary>
/// <remarks><c>&lt;restore&gt;/plan</c>: n + 1 positions (8 bytes each, little-endian), then n segments, one JSON line each;
/// segment i is the bytes from position i up to position i + 1.
/// <c>&lt;restore&gt;/digests</c>: the SHA-256 of block i of the content, as the 32 bytes from 32 × i.</remarks>
public sealed class PlanStore(BlobContainerClient restores)
{
    private const int PositionBytes = sizeof(long);

    /// <summary>Reads one segment, in two small requests.</summary>
    /// <param name="restoreId">Whose plan.</param>
    /// <param name="index">From 0, below the plan's count.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RestoreFaultException">VolumeBackup.0200: there is no such plan, or no such segment in it.</exception>
    public async Task<Segment> ReadSegmentAsync(RestoreId restoreId, int index, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var plan = restores.GetBlobClient(PlanName(restoreId));
        var bounds = await ReadAsync(plan, (long)index * PositionBytes, 2 * PositionBytes, cancellationToken);
        var start = BinaryPrimitives.ReadInt64LittleEndian(bounds.Span);
        var length = BinaryPrimitives.ReadInt64LittleEndian(bounds.Span[PositionBytes..]) - start;
        if (start <= 0 || length is <= 0 or > int.MaxValue)
        {
            throw Missing(plan);
        }

        var line = await ReadAsync(plan, start, (int)length, cancellationToken);
        return JsonSerializer.Deserialize(line.Span, PlanJson.Default.Segment) is { } segment && segment.Index == index
            ? segment
            : throw Missing(plan);
    }

    /// <summary>Reads consecutive digests, 32 bytes each. Fits <see cref="Restores.Segments.ReadDigests"/>.</summary>
    /// <param name="restoreId">Whose plan.</param>
    /// <param name="firstBlock">From 0.</param>
    /// <param name="blocks">1 or more; all of them inside the content.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RestoreFaultException">VolumeBackup.0200: there is no such index, or it is shorter.</exception>
    public Task<ReadOnlyMemory<byte>> ReadDigestsAsync(RestoreId restoreId, long firstBlock, int blocks, CancellationToken cancellationToken) =>
        ReadAsync(
            restores.GetBlobClient(DigestsName(restoreId)),
            firstBlock * SHA256.HashSizeInBytes,
            checked(blocks * SHA256.HashSizeInBytes),
            cancellationToken);

    /// <summary>Removes the blobs of a restore. Safe to repeat.</summary>
    public async Task DeleteAsync(RestoreId restoreId, CancellationToken cancellationToken)
    {
        await restores.GetBlobClient(PlanName(restoreId)).DeleteIfExistsAsync(cancellationToken: cancellationToken);
        await restores.GetBlobClient(DigestsName(restoreId)).DeleteIfExistsAsync(cancellationToken: cancellationToken);
    }

    /// <summary>Makes the container when it is missing.</summary>
    internal Task EnsureContainerAsync(CancellationToken cancellationToken) =>
        restores.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Where the digest index is written to.</summary>
    internal StagedBlob Digests(RestoreId restoreId) => new(restores.GetBlockBlobClient(DigestsName(restoreId)));

    /// <summary>Writes the plan, whole or not at all.</summary>
    /// <returns>How many segments, and how many bytes they write.</returns>
    internal async Task<(int Segments, long LiveBytes)> WriteAsync(
        RestoreId restoreId, IEnumerable<Segment> segments, CancellationToken cancellationToken)
    {
        var plan = new StagedBlob(restores.GetBlockBlobClient(PlanName(restoreId)));
        var positions = new List<long> { 0 };
        var liveBytes = 0L;
        foreach (var segment in segments)
        {
            using (var line = new Utf8JsonWriter(plan))
            {
                JsonSerializer.Serialize(line, segment, PlanJson.Default.Segment);
            }

            plan.GetSpan(1)[0] = (byte)'\n';
            plan.Advance(1);
            positions.Add(plan.Length);
            liveBytes += segment.LiveBytes;
            await plan.StageFullAsync(cancellationToken);
        }

        await plan.CommitAsync(Head(positions), cancellationToken);
        return (positions.Count - 1, liveBytes);
    }

    private static byte[] Head(List<long> positions)
    {
        var head = new byte[positions.Count * PositionBytes];
        for (var i = 0; i < positions.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(i * PositionBytes), head.Length + positions[i]);
        }

        return head;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(BlobClient blob, long offset, int length, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobDownloadOptions { Range = new HttpRange(offset, length) };
            var content = (await blob.DownloadContentAsync(options, cancellationToken)).Value.Content.ToMemory();
            return content.Length == length ? content : throw Missing(blob);
        }
        catch (RequestFailedException missing) when (missing.Status is 404 or 416)
        {
            throw Missing(blob);
        }
    }

    private static string PlanName(RestoreId restoreId) => $"{restoreId}/plan";

    private static string DigestsName(RestoreId restoreId) => $"{restoreId}/digests";

    private static RestoreFaultException Missing(BlobClient blob) =>
        new(RestoreFault.Data($"{blob.Name} of the restore is missing or shorter than its plan says."));
}

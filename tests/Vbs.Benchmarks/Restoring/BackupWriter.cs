using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using ICSharpCode.SharpZipLib.BZip2;
using Vbs.Restores.Planning;
using ZstdSharp;

namespace Vbs.Benchmarks.Restoring;

/// <summary>Makes a backup as Cinder would: objects, metadata and sha256 file in one folder, and beside them the plan of its restore.</summary>
internal static class BackupWriter
{
    /// <summary>Length of a digest's block: Cinder's default.</summary>
    public const int BlockBytes = 32 << 10;

    private const int RunBytes = 1 << 20;

    /// <summary>Writes the backup to a folder, unless it is there already.</summary>
    /// <returns>The content to expect after its restore.</returns>
    public static string Write(BackupSpec spec, string folder, string fullContent)
    {
        var content = Path.Combine(folder, "content");
        if (File.Exists(Path.Combine(folder, "plan.json")))
        {
            return content;
        }

        Directory.CreateDirectory(folder);
        File.Copy(fullContent, content, overwrite: true);
        using (var file = File.OpenWrite(content))
        {
            file.SetLength(spec.ContentBytes);
        }

        var ranges = Cut(new ByteRange(0, spec.ContentBytes), spec.ObjectBytes);
        List<List<ChunkObject>> chain = [WriteObjects(spec, folder, content, "b0", ranges)];
        for (var increment = 1; increment <= spec.Increments; increment++)
        {
            var changed = Change(content, spec.ContentBytes, increment);
            chain.Add(WriteObjects(spec, folder, content, $"b{increment}", changed));
        }

        WriteDigests(folder, content);
        WritePlan(spec, folder, chain);
        return content;
    }

    private static List<ByteRange> Cut(ByteRange range, long lengthBytes)
    {
        var parts = new List<ByteRange>();
        for (var start = range.OffsetBytes; start < range.EndBytes; start += lengthBytes)
        {
            parts.Add(new ByteRange(start, Math.Min(lengthBytes, range.EndBytes - start)));
        }

        return parts;
    }

    private static List<ByteRange> Change(string content, long contentBytes, int increment)
    {
        var changed = new List<ByteRange>();
        using var file = File.OpenWrite(content);
        for (var run = increment; run < contentBytes / RunBytes; run += 8)
        {
            file.Position = (long)run * RunBytes;
            file.Write(Content.Run(run, seed: -run));
            changed.Add(new ByteRange((long)run * RunBytes, RunBytes));
        }

        return changed;
    }

    [SuppressMessage("Security", "CA5351", Justification = "Cinder's own proof of an object.")]
    private static List<ChunkObject> WriteObjects(
        BackupSpec spec, string folder, string content, string prefix, List<ByteRange> ranges)
    {
        var chunks = new ChunkObject[ranges.Count];
        Parallel.For(0, ranges.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var bytes = new byte[ranges[i].LengthBytes];
            using (var file = File.OpenRead(content))
            {
                file.Position = ranges[i].OffsetBytes;
                file.ReadExactly(bytes);
            }

            var name = $"{prefix}-{i + 1:d5}";
            var stored = Compress(bytes, spec.Compression);
            File.WriteAllBytes(Path.Combine(folder, name), stored);
            chunks[i] = new ChunkObject(name, ranges[i], spec.Compression, Convert.ToHexStringLower(MD5.HashData(bytes)), stored.Length);
        });
        WriteCinderDocument(folder, $"{prefix}_metadata", new
        {
            version = "1.0.0",
            backup_id = prefix,
            volume_id = "v",
            backup_name = prefix,
            backup_description = "",
            created_at = "2026-11-24 00:00:00+00:00",
            objects = chunks.Select(chunk => new Dictionary<string, object>
            {
                [chunk.BlobName] = new
                {
                    offset = chunk.Range.OffsetBytes,
                    length = chunk.Range.LengthBytes,
                    md5 = chunk.Md5,
                    compression = spec.Compression.ToString().ToLowerInvariant(),
                },
            }),
            parent_id = (string?)null,
        });
        return [.. chunks];
    }

    /// <summary>At the levels that Cinder's compressors have by default.</summary>
    private static byte[] Compress(byte[] bytes, Compression compression)
    {
        using var stored = new MemoryStream();
        switch (compression)
        {
            case Compression.None:
                return bytes;
            case Compression.Zstd:
                using (var zstd = new Compressor(level: 3))
                {
                    return zstd.Wrap(bytes).ToArray();
                }

            case Compression.Bz2:
                BZip2.Compress(new MemoryStream(bytes), stored, isStreamOwner: false, level: 9);
                return stored.ToArray();
            default:
                using (var zlib = new ZLibStream(stored, CompressionLevel.Optimal, leaveOpen: true))
                {
                    zlib.Write(bytes);
                }

                return stored.ToArray();
        }
    }

    private static void WriteDigests(string folder, string content)
    {
        using var digests = File.Create(Path.Combine(folder, "digests"));
        using var file = File.OpenRead(content);
        var block = new byte[BlockBytes];
        for (int read; (read = file.ReadAtLeast(block, BlockBytes, throwOnEndOfStream: false)) > 0;)
        {
            digests.Write(SHA256.HashData(block.AsSpan(0, read)));
        }
    }

    private static void WritePlan(BackupSpec spec, string folder, List<List<ChunkObject>> chain)
    {
        var coverage = new Coverage();
        var live = new List<SegmentObject>();
        foreach (var backup in Enumerable.Reverse(chain))
        {
            var claimed = coverage.Claim([.. backup.Select(chunk => chunk.Range)]);
            live.AddRange(backup.Zip(claimed).Where(part => part.Second.Count > 0).Select(part => new SegmentObject(part.First, part.Second, ByDigest: true)));
        }

        var segments = Segmentation.Cut(live.OrderBy(part => part.Live[0].OffsetBytes)).ToList();
        var plan = new RestorePlan(segments.Count, segments.Sum(segment => segment.LiveBytes), BlockBytes, spec.ContentBytes);
        File.WriteAllText(Path.Combine(folder, "plan.json"), JsonSerializer.Serialize(new StoredPlan(plan, segments)));
    }

    private static void WriteCinderDocument(string folder, string name, object document) =>
        File.WriteAllText(Path.Combine(folder, name), JsonSerializer.Serialize(document));
}

/// <summary>A plan with its segments, as a file beside the backup.</summary>
internal sealed record StoredPlan(RestorePlan Plan, IReadOnlyList<Segment> Segments);

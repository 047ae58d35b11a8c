using System.Collections.Concurrent;
using System.Security.Cryptography;
using Vbs.Restores;
using Vbs.Restores.Planning;
using Vbs.Restores.Segments;

namespace Vbs.Tests.Restores.Segments;

/// <summary>A segment whose objects are in memory, and a disk of 0xFF that refuses every byte that is not the content's,
/// is not live, or comes twice. Each delegate can be replaced.</summary>
internal sealed class SegmentBench
{
    public const int Block = 32 << 10;
    private readonly List<SegmentObject> objects = [];
    private readonly byte[] digests;
    private readonly bool[] touched;
    private long reported;

    public SegmentBench(byte[] content, int blockBytes = Block)
    {
        (Content, BlockBytes) = (content, blockBytes);
        Disk = new byte[content.Length];
        Disk.AsSpan().Fill(0xFF);
        touched = new bool[content.Length];
        digests = [.. content.Chunk(blockBytes).SelectMany(SHA256.HashData)];
        Open = (chunk, _) => Task.FromResult<Stream>(new MemoryStream(Stored[chunk.BlobName], writable: false));
        Digests = (first, blocks, _) => Task.FromResult<ReadOnlyMemory<byte>>(
            digests.AsMemory((int)first * SHA256.HashSizeInBytes, blocks * SHA256.HashSizeInBytes));
        Write = (offset, bytes, _) => Task.Run(() => Put(new ByteRange(offset, bytes.Length), bytes.Span, Writes), CancellationToken.None);
        Clear = (range, _) => Task.Run(() => Put(range, new byte[range.LengthBytes], Clears), CancellationToken.None);
    }

    public byte[] Content { get; }

    public int BlockBytes { get; }

    public byte[] Disk { get; }

    public ConcurrentDictionary<string, byte[]> Stored { get; } = new();

    public ConcurrentQueue<ByteRange> Writes { get; } = [];

    public ConcurrentQueue<ByteRange> Clears { get; } = [];

    public ConcurrentQueue<ByteRange> Parts { get; } = [];

    /// <summary>Opens a whole object, as a stream that can seek.</summary>
    public Func<ChunkObject, CancellationToken, Task<Stream>> Open { get; set; }

    /// <summary>Opens a part of one.</summary>
    public async Task<Stream> OpenPartAsync(ChunkObject chunk, ByteRange part, CancellationToken cancellationToken)
    {
        var stream = await Open(chunk, cancellationToken);
        Parts.Enqueue(part);
        if (part.OffsetBytes > chunk.Range.OffsetBytes)
        {
            stream.Position = part.OffsetBytes - chunk.Range.OffsetBytes;
        }

        return stream;
    }

    public ReadDigests Digests { get; set; }

    public WritePages Write { get; set; }

    public ClearPages Clear { get; set; }

    public SegmentPipelineOptions Options { get; set; } = new();

    /// <summary>Shared by whatever benches are given the same.</summary>
    public PieceMemory? Memory { get; set; }

    /// <summary>What the objects added next say of themselves; their bytes are as they are.</summary>
    public Compression Compression { get; set; } = Compression.None;

    /// <summary>Whether the plan says so. The disk of a bench is not, unless it is zeroed.</summary>
    public bool IsFresh { get; set; }

    public Segment Segment => new(0, objects);

    public long Reported => Interlocked.Read(ref reported);

    public static byte[] RandomBytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Adds an object; without live ranges, all of it is live.</summary>
    public SegmentBench With(int offset, int length, bool byDigest = true, params ByteRange[] live)
    {
        var name = $"chunk-{objects.Count + 1:d5}";
        var bytes = Content.AsSpan(offset, length).ToArray();
        Stored[name] = bytes;
#pragma warning disable CA5351 // Cinder's proof.
        var md5 = Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
        var range = new ByteRange(offset, length);
        objects.Add(new SegmentObject(new ChunkObject(name, range, Compression, md5, length), live is [] ? [range] : live, byDigest));
        return this;
    }

    public Task<RestoreFault?> RunAsync(CancellationToken cancellationToken = default)
    {
        var plan = new RestorePlan(1, Segment.LiveBytes, BlockBytes, Content.Length, IsFresh);
        Memory ??= new PieceMemory(Options.ReadAheadBytes);
        return new SegmentPipeline(OpenPartAsync, (f, b, t) => Digests(f, b, t), (o, b, t) => Write(o, b, t), (r, t) => Clear(r, t), Options, Memory)
            .RunAsync(Segment, plan, bytes => Interlocked.Add(ref reported, bytes), cancellationToken);
    }

    /// <summary>Live bytes are the content's, and all others untouched.</summary>
    public void AssertRestored()
    {
        var expected = new byte[Content.Length];
        expected.AsSpan().Fill(0xFF);
        foreach (var live in objects.SelectMany(part => part.Live))
        {
            Array.Copy(Content, live.OffsetBytes, expected, live.OffsetBytes, live.LengthBytes);
        }

        Assert.True(expected.AsSpan().SequenceEqual(Disk), $"The disk differs at byte {expected.AsSpan().CommonPrefixLength(Disk)}.");
        Assert.Equal(Segment.LiveBytes, Reported);
    }

    /// <summary>The whole disk is the content.</summary>
    public void AssertIsContent()
    {
        Assert.True(Content.AsSpan().SequenceEqual(Disk), $"The disk differs at byte {Content.AsSpan().CommonPrefixLength(Disk)}.");
        Assert.Equal(Segment.LiveBytes, Reported);
    }

    public bool IsUntouched(ByteRange range) =>
        !touched.AsSpan((int)range.OffsetBytes, (int)range.LengthBytes).Contains(true);

    /// <summary>Forgets what was written, but not what is on the disk: for a second run.</summary>
    public void Again()
    {
        Array.Clear(touched);
        Writes.Clear();
        Clears.Clear();
        reported = 0;
    }

    private void Put(ByteRange range, ReadOnlySpan<byte> bytes, ConcurrentQueue<ByteRange> log)
    {
        log.Enqueue(range);
        var (start, length) = ((int)range.OffsetBytes, (int)range.LengthBytes);
        var legal = start % 512 == 0 && length % 512 == 0 && length > 0 && (ReferenceEquals(log, Clears) || length <= 4 << 20)
            && IsUntouched(range) && bytes.SequenceEqual(Content.AsSpan(start, length));
        if (!legal)
        {
            throw new InvalidOperationException($"Not a legal write: {range}");
        }

        touched.AsSpan(start, length).Fill(true);
        bytes.CopyTo(Disk.AsSpan(start));
    }
}

using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Vbs.Backups;
using Vbs.Benchmarks.Measuring;
using Vbs.Configuration;
using Vbs.Restores;
using Vbs.Restores.Planning;
using Vbs.Restores.Segments;
using Vbs.Volumes;

namespace Vbs.Benchmarks.Restoring;

/// <summary>The restore itself, in a process of its own: all segments, so many at once as the app runs.</summary>
internal static class PipelineRun
{
    private static readonly ProjectId Project = ProjectId.Parse("0123456789abcdef0123456789abcdef");

    /// <summary>Restores, and prints what it cost as JSON.</summary>
    /// <param name="arguments">Folder of the backup, address of the server, how often the content stands on the disk, how often to restore it,
    /// and settings as <c>Name=number</c>.</param>
    /// <param name="output">Where the cost goes.</param>
    public static async Task RunAsync(IReadOnlyList<string> arguments, TextWriter output)
    {
        var folder = arguments[0];
        var numbers = arguments.Skip(2).Take(2).Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        var (times, runs) = (numbers[0], numbers[1]);
        var stored = JsonSerializer.Deserialize<StoredPlan>(await File.ReadAllTextAsync(Path.Combine(folder, "plan.json")))!;
        using var digests = File.OpenHandle(Path.Combine(folder, "digests"));
        using var handler = ConnectTo(arguments[1]);
        using var http = new HttpClient(handler);
        var blobs = new BlobServiceClient(
            new Uri("http://account.blob.core.windows.net"), new BlobClientOptions { Transport = new HttpClientTransport(http) });
        var options = Options(arguments.Skip(4));
        var chunks = new ChunkStore(blobs.GetBlobContainerClient("backups"));
        var volumes = new VolumeStore(blobs.GetBlobContainerClient("volumes"));
        var pipelineOptions = options.ToPipelineOptions();
        using var memory = new PieceMemory(pipelineOptions.ReadAheadBytes);
        var blocksOnce = stored.Plan.ContentBytes / stored.Plan.BlockBytes;
        var plan = stored.Plan with
        {
            ContentBytes = times * stored.Plan.ContentBytes,
            Fresh = await Open(volumes).IsFreshAsync(CancellationToken.None),
        };
        var segments = Enumerable.Range(0, times).SelectMany(time => stored.Segments.Select(segment => At(time, segment)));
        for (var run = 1; run < runs; run++)
        {
            await RunSegmentsAsync();
        }

        var cost = await Cost.OfAsync(RunSegmentsAsync);
        await output.WriteLineAsync(JsonSerializer.Serialize(cost));

        // The content again, further on.
        Segment At(int time, Segment segment)
        {
            var shift = time * stored.Plan.ContentBytes;
            ByteRange Shift(ByteRange range) => range with { OffsetBytes = range.OffsetBytes + shift };
            return new Segment(segment.Index + time * stored.Segments.Count, [.. segment.Objects.Select(part => part with
            {
                Chunk = part.Chunk with { Range = Shift(part.Chunk.Range) },
                Live = [.. part.Live.Select(Shift)],
            })]);
        }

        Task RunSegmentsAsync() => Parallel.ForEachAsync(
            segments,
            new ParallelOptions { MaxDegreeOfParallelism = options.SegmentsAtOnce },
            async (segment, stop) =>
            {
                // As the app does: a target and a pipeline for each segment.
                var target = Open(volumes);
                var pipeline = new SegmentPipeline(chunks.OpenAsync, ReadDigestsAsync, target.WriteAsync, target.ClearAsync, pipelineOptions, memory);
                if (await pipeline.RunAsync(segment, plan, _ => { }, stop) is { } fault)
                {
                    throw new InvalidDataException(fault.Reason);
                }
            });

        Task<ReadOnlyMemory<byte>> ReadDigestsAsync(long first, int blocks, CancellationToken cancellationToken)
        {
            var bytes = new byte[blocks * SHA256.HashSizeInBytes];
            var read = RandomAccess.Read(digests, bytes, first % blocksOnce * SHA256.HashSizeInBytes);
            return Task.FromResult<ReadOnlyMemory<byte>>(bytes.AsMemory(0, read));
        }
    }

    private static RestoreTarget Open(VolumeStore volumes) => volumes.Open(Project, new VolumeId(Guid.Empty), new RestoreId(Guid.Empty));

    /// <summary>The address is an account's in Azure, so that everything is as there, the checksum too; the connection leads to the server.</summary>
    private static SocketsHttpHandler ConnectTo(string path) => new()
    {
        UseProxy = false,
        ConnectCallback = async (_, stop) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { SendBufferSize = BlobServer.SocketBufferBytes };
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    private static RestoreOptions Options(IEnumerable<string> settings)
    {
        var options = new RestoreOptions();
        foreach (var setting in settings)
        {
            var (name, number) = (setting.Split('=')[0], int.Parse(setting.Split('=')[1], CultureInfo.InvariantCulture));
            typeof(RestoreOptions).GetProperty(name)!.SetValue(options, number);
        }

        return options;
    }
}

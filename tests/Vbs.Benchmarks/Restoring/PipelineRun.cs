using System.Globalization;
using System.Net;
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
    /// <summary>How often the backup is restored, for the last one to be measured.</summary>
    public const int Runs = 4;

    private static readonly ProjectId Project = ProjectId.Parse("0123456789abcdef0123456789abcdef");

    /// <summary>Restores, and prints what it cost as JSON.</summary>
    /// <param name="arguments">Folder of the backup, port of the server, and settings as <c>Name=number</c>.</param>
    /// <param name="output">Where the cost goes.</param>
    public static async Task RunAsync(IReadOnlyList<string> arguments, TextWriter output)
    {
        var (folder, port) = (arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture));
        var stored = JsonSerializer.Deserialize<StoredPlan>(await File.ReadAllTextAsync(Path.Combine(folder, "plan.json")))!;
        using var digests = File.OpenHandle(Path.Combine(folder, "digests"));
        using var handler = ConnectTo(port);
        using var http = new HttpClient(handler);
        var blobs = new BlobServiceClient(
            new Uri("http://account.blob.core.windows.net"), new BlobClientOptions { Transport = new HttpClientTransport(http) });
        var options = Options(arguments.Skip(2));
        var chunks = new ChunkStore(blobs.GetBlobContainerClient("backups"));
        var volumes = new VolumeStore(blobs.GetBlobContainerClient("volumes"));
        var pipelineOptions = options.ToPipelineOptions();
        using var memory = new PieceMemory(pipelineOptions.ReadAheadBytes);
        var plan = stored.Plan with { Fresh = await Open(volumes).IsFreshAsync(CancellationToken.None) };
        // The app is warm in all but its first seconds: its hot code is compiled for the last time, its connections are open.
        for (var run = 1; run < Runs; run++)
        {
            await RunSegmentsAsync(stored.Segments);
        }

        var cost = await Cost.OfAsync(() => RunSegmentsAsync(stored.Segments));
        await output.WriteLineAsync(JsonSerializer.Serialize(cost));

        Task RunSegmentsAsync(IEnumerable<Segment> segments) => Parallel.ForEachAsync(
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
            var read = RandomAccess.Read(digests, bytes, first * SHA256.HashSizeInBytes);
            return Task.FromResult<ReadOnlyMemory<byte>>(bytes.AsMemory(0, read));
        }
    }

    private static RestoreTarget Open(VolumeStore volumes) => volumes.Open(Project, new VolumeId(Guid.Empty), new RestoreId(Guid.Empty));

    /// <summary>The address is an account's in Azure, so that everything is as there, the checksum too; the connection leads to the server.</summary>
    private static SocketsHttpHandler ConnectTo(int port) => new()
    {
        UseProxy = false,
        ConnectCallback = async (_, stop) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), stop);
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

using System.Buffers;
using System.CommandLine;
using System.Security.Cryptography;
using Vbs.Volumes;

namespace VbsTool.Volumes;

/// <summary><c>vbs volume hash</c>: prints a SHA-256 in lower-case hex.</summary>
internal static class HashCommand
{
    private const long GiB = 1L << 30;
    private const int BufferBytes = 1 << 20;

    /// <summary>Describes the command.</summary>
    public static Command Create(Services services, Terminal terminal)
    {
        var id = Arguments.Volume();
        var project = Arguments.Project();
        var bytes = new Option<long>("--bytes")
        {
            Description = "How many bytes, from the disk's first.",
            HelpName = "N",
            Required = true,
            CustomParser = Arguments.ParseNumber(0, VolumeStore.MaxSizeGiB * GiB),
        };
        var command = new Command("hash", "Prints the SHA-256 of the first bytes of a disk.") { id, project, bytes };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var volume = await services.Catalog.FindReadableAsync(parsed.GetRequiredValue(project), parsed.GetRequiredValue(id), cancellationToken);
            var lengthBytes = parsed.GetRequiredValue(bytes);
            if (lengthBytes > volume.SizeGiB * GiB)
            {
                throw new ToolException($"Volume {volume.Id} has {volume.SizeGiB * GiB} bytes, fewer than {lengthBytes}.");
            }

            await using var content = await services.Volumes.OpenReadAsync(volume.ProjectId, volume.Id, cancellationToken);
            var digest = await terminal.MeterAsync("Hashing", lengthBytes, progress => HashAsync(content, lengthBytes, progress, cancellationToken));
            await terminal.Output.WriteLineAsync(Convert.ToHexStringLower(digest));
        });
        return command;
    }

    private static async Task<byte[]> HashAsync(Stream content, long lengthBytes, Action<long> progress, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (var left = lengthBytes; left > 0;)
            {
                var part = buffer.AsMemory(0, (int)Math.Min(left, BufferBytes));
                await content.ReadExactlyAsync(part, cancellationToken);
                hash.AppendData(part.Span);
                progress(part.Length);
                left -= part.Length;
            }

            return hash.GetHashAndReset();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

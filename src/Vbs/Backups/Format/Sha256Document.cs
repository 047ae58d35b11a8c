using System.Security.Cryptography;
using System.Text.Json;
using Vbs.Restores;

namespace Vbs.Backups;

/// <summary>The sha256 file: <c>chunk_size</c> is the block's length, <c>sha256s</c> the blocks' digests
/// (cinder/backup/chunkeddriver.py, <c>_write_sha256file</c>). The digests go to <paramref name="digests"/>, packed,
/// as they are read: a disk of 4 TiB has 134 million of them, 9 GB of JSON.</summary>
internal sealed class Sha256Document(Backup backup, long volumeBytes, StagedBlob digests) : CinderDocument(backup, "sha256 file")
{
    /// <summary>A block is held in memory while it is hashed; Cinder's own is 32 KiB.</summary>
    private const int MaxBlockBytes = 16 * 1024 * 1024;

    private const int PageBytes = 512;

    /// <summary>Length of a block.</summary>
    public int BlockBytes { get; private set; }

    /// <summary>How many digests there are.</summary>
    public long Blocks { get; private set; }

    /// <summary>Checks that the document is complete.</summary>
    public void Finish()
    {
        Require("chunk_size");
        Require("sha256s");
    }

    /// <inheritdoc/>
    protected override bool Value(string key, ref Utf8JsonReader reader)
    {
        switch (key)
        {
            case "chunk_size":
                var bytes = Number(key, ref reader);
                BlockBytes = bytes is > 0 and <= MaxBlockBytes && bytes % PageBytes == 0
                    ? (int)bytes
                    : throw Refused($"has a 'chunk_size' of {bytes}, not a multiple of {PageBytes} up to {MaxBlockBytes}");
                return true;
            case "sha256s":
                return reader.TokenType == JsonTokenType.StartArray ? true : throw Refused("has 'sha256s' that are not a list");
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    protected override void Nested(string key, ref Utf8JsonReader reader)
    {
        if (key != "sha256s" || reader.CurrentDepth == 1)
        {
            return;
        }

        if (!HexString.TryRead(ref reader, digests.GetSpan(SHA256.HashSizeInBytes)[..SHA256.HashSizeInBytes]))
        {
            throw Refused($"has a digest {Blocks + 1} that is not 64 hex digits");
        }

        if (++Blocks > volumeBytes / PageBytes)
        {
            throw Refused("has more digests than the volume has sectors");
        }

        digests.Advance(SHA256.HashSizeInBytes);
    }

    /// <inheritdoc/>
    protected override ValueTask DrainAsync(CancellationToken cancellationToken) => digests.StageFullAsync(cancellationToken);
}

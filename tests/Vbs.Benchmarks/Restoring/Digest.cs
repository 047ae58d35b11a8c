using System.Security.Cryptography;

namespace Vbs.Benchmarks.Restoring;

/// <summary>The SHA-256 of a disk's content.</summary>
internal static class Digest
{
    /// <summary>The digest of a file's first bytes. What a sparse writer left off at its end counts as zeros.</summary>
    public static async Task<string> OfAsync(string path, long lengthBytes)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = File.OpenRead(path);
        var bytes = new byte[1 << 20];
        for (var at = 0L; at < lengthBytes;)
        {
            var part = bytes.AsMemory(0, (int)Math.Min(bytes.Length, lengthBytes - at));
            var read = await file.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false);
            part.Span[read..].Clear();
            sha256.AppendData(part.Span);
            at += part.Length;
        }

        return Convert.ToHexStringLower(sha256.GetHashAndReset());
    }
}

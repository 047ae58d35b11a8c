using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace LocalRuntime.Durable.Replay;

/// <summary>Version 5 UUIDs (RFC 4122 section 4.3) in the namespace that durabletask-dotnet uses: the same name, the same UUID on both runtimes.</summary>
internal static class ReplayGuid
{
    private static readonly Guid Namespace = new("9e952958-5e33-4daf-827f-2fa12937b875");

    /// <summary>The UUID of a name.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 4122 says SHA-1; nothing is secured by it.")]
    public static Guid Of(string name)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData([.. Namespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)], hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}

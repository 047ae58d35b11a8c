using System.Globalization;
using Azure.Data.Tables;

namespace LocalRuntime.Durable.Journal;

/// <summary>Bytes of any length over numbered properties of an entity. Bytes, not text: their size on the wire is four thirds of
/// their length, whatever is in them, so that a transaction's limit can be kept by arithmetic.</summary>
internal static class Payload
{
    // A binary property holds 64 KiB: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
    private const int MaxPropertyBytes = 64_000;

    /// <summary>Writes bytes under a name; an absent one too, so that a merge forgets what was there.</summary>
    public static void Write(TableEntity entity, string name, byte[]? bytes)
    {
        entity[$"{name}Length"] = bytes?.Length ?? -1;
        for (var offset = 0; offset < bytes?.Length; offset += MaxPropertyBytes)
        {
            entity[PartName(name, offset)] = bytes[offset..Math.Min(offset + MaxPropertyBytes, bytes.Length)];
        }
    }

    /// <summary>The bytes under a name; absent when they were written so or never.</summary>
    public static byte[]? Read(TableEntity entity, string name)
    {
        if (entity.GetInt32($"{name}Length") is not (>= 0 and var length))
        {
            return null;
        }

        var bytes = new byte[length];
        for (var offset = 0; offset < length; offset += MaxPropertyBytes)
        {
            entity.GetBinary(PartName(name, offset)).CopyTo(bytes, offset);
        }

        return bytes;
    }

    private static string PartName(string name, int offset) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}{offset / MaxPropertyBytes:d2}");
}

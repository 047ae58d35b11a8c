using Vbs.Restores.Planning;

namespace Vbs.Benchmarks.Restoring;

/// <summary>One of the backups that are measured.</summary>
/// <param name="Compression">How its objects are stored.</param>
/// <param name="ObjectBytes">Uncompressed length of an object, the last may be shorter.</param>
/// <param name="ContentBytes">Length of the content.</param>
/// <param name="Increments">Backups on top of the full one, each of every eighth run of 1 MiB.</param>
internal sealed record BackupSpec(Compression Compression, long ObjectBytes, long ContentBytes, int Increments = 0)
{
    /// <summary>Names it, in tables and as a folder.</summary>
    public string Name =>
        $"{Compression.ToString().ToUpperInvariant()} {(ObjectBytes >> 20):d} MiB objects"
        + (Increments > 0 ? $" chain of {Increments + 1}" : "") + (ContentBytes != 1 << 30 ? $" {ContentBytes >> 20} MiB" : "");

    /// <summary>Name of its folder.</summary>
    public string Folder => Name.Replace(' ', '-');
}

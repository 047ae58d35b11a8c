using Vbs.Restores.Planning;

namespace Vbs.Benchmarks.Restoring;

/// <summary>One of the backups that are measured.</summary>
/// <param name="Compression">How its objects are stored.</param>
/// <param name="ObjectBytes">Uncompressed length of an object, the last may be shorter.</param>
/// <param name="ContentBytes">Length of the content.</param>
/// <param name="Increments">Backups on top of the full one, each of every eighth run of 1 MiB.</param>
/// <param name="Times">How often the content stands on the disk, one after the other: a disk larger than what this machine could keep.</param>
internal sealed record BackupSpec(Compression Compression, long ObjectBytes, long ContentBytes, int Increments = 0, int Times = 1)
{
    /// <summary>Names it, in tables and as a folder.</summary>
    public string Name => Content + (Times > 1 ? $", {Times} times" : "");

    /// <summary>Name of its folder.</summary>
    public string Folder => Content.Replace(' ', '-');

    /// <summary>Length of the disk.</summary>
    public long DiskBytes => ContentBytes * Times;

    /// <summary>How often it is restored; the last time is measured. The app is warm in all but its first seconds: its hot code is
    /// compiled for the last time, its connections are open. A large disk warms up by itself.</summary>
    public int Runs => Times > 1 ? 1 : 4;

    private string Content =>
        $"{Compression.ToString().ToUpperInvariant()} {(ObjectBytes >> 20):d} MiB objects"
        + (Increments > 0 ? $" chain of {Increments + 1}" : "") + (ContentBytes != 1 << 30 ? $" {ContentBytes >> 20} MiB" : "");
}

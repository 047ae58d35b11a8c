using Vbs.Restores.Planning;

namespace Vbs.Backups;

/// <summary>A chunk object as the backup's metadata lists it. Small, since a backup of 4 TiB has 80,000 of them.</summary>
/// <param name="Number">What its name ends with, see <see cref="ObjectNames.Chunk"/>.</param>
/// <param name="Range">The bytes of the volume it holds, uncompressed.</param>
/// <param name="Md5">MD5 of the uncompressed bytes, as one big-endian number.</param>
/// <param name="Compression">How it is stored.</param>
public readonly record struct BackupObject(int Number, ByteRange Range, UInt128 Md5, Compression Compression);

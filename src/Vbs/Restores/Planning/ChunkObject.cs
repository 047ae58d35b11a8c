namespace Vbs.Restores.Planning;

/// <summary>One chunk object of a backup: a stored run of the volume's bytes.</summary>
/// <param name="BlobName">Its blob in the backup container.</param>
/// <param name="Range">The bytes of the volume it holds, uncompressed.</param>
/// <param name="Compression">How it is stored.</param>
/// <param name="Md5">MD5 of the uncompressed bytes, 32 lower-case hex digits.</param>
/// <param name="StoredBytes">Length of the blob.</param>
public sealed record ChunkObject(string BlobName, ByteRange Range, Compression Compression, string Md5, long StoredBytes);

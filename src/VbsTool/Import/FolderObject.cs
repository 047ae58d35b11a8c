namespace VbsTool.Import;

/// <summary>A file that is to become a blob.</summary>
/// <param name="BlobName">Cinder's container, a slash, Cinder's object name.</param>
/// <param name="Path">The file.</param>
/// <param name="LengthBytes">Its length.</param>
internal sealed record FolderObject(string BlobName, string Path, long LengthBytes);

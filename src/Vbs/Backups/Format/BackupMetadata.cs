using Vbs.Restores;

namespace Vbs.Backups;

/// <summary>Reads a backup's metadata: the list of its chunk objects. Memory grows with the objects only.</summary>
public static class BackupMetadata
{
    /// <summary>Reads the list.</summary>
    /// <param name="json">The metadata, read to its end.</param>
    /// <param name="backup">The backup it must be of: id, parent and object prefix are compared.</param>
    /// <param name="volumeSizeGiB">Size of the volume that the objects must fit in.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The objects by ascending offset: each longer than zero, 512-byte aligned, none overlapping another.</returns>
    /// <exception cref="RestoreFaultException">VolumeBackup.0200: the metadata cannot be used; the reason says why.</exception>
    public static Task<IReadOnlyList<BackupObject>> ReadAsync(
        Stream json, Backup backup, int volumeSizeGiB, CancellationToken cancellationToken) =>
        ReadAsync(json, backup, volumeSizeGiB, JsonTokens.BufferBytes, cancellationToken);

    internal static async Task<IReadOnlyList<BackupObject>> ReadAsync(
        Stream json, Backup backup, int volumeSizeGiB, int bufferBytes, CancellationToken cancellationToken)
    {
        var document = new MetadataDocument(backup, volumeSizeGiB * (1L << 30));
        await document.ReadAsync(json, bufferBytes, cancellationToken);
        return document.Finish();
    }
}

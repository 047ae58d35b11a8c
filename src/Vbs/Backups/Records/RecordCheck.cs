using Azure.Storage.Blobs;
using Vbs.Restores;

namespace Vbs.Backups;

/// <summary>Whether the objects that a record speaks of are where a restore will look for them. The objects' bytes are not looked at: a restore verifies them.</summary>
/// <param name="backups">The container of all backups.</param>
public sealed class RecordCheck(BlobContainerClient backups)
{
    private const int MaxTextLength = 255; // of every text column: cinder/db/sqlalchemy/models.py, class Backup

    // Cinder's chunked drivers and nothing else write this format; Ceph and TSM have their own (cinder/backup/drivers).
    private static readonly string[] Drivers = ["swift", "s3", "gcs", "nfs", "posix", "glusterfs"];

    /// <summary>Whether a driver writes the format that is read here.</summary>
    /// <param name="service">Cinder's <c>service</c>, such as <c>cinder.backup.drivers.swift.SwiftBackupDriver</c>, or in older records the module alone.</param>
    public static bool IsChunked(string service) => service.Split('.') is ["cinder", "backup", "drivers", var module, ..] && Drivers.Contains(module);

    /// <summary>What is wrong; null when the record is one that Cinder's table could hold, and metadata and sha256 file are there. Two requests.</summary>
    public async Task<string?> FindFaultAsync(Backup backup, CancellationToken cancellationToken)
    {
        string?[] texts = [backup.Name, backup.Description, backup.AvailabilityZone, backup.SnapshotId, backup.Service, backup.Container, backup.ObjectPrefix];
        if (texts.FirstOrDefault(text => text?.Length > MaxTextLength) is { } tooLong)
        {
            return $"a text is longer than {MaxTextLength} characters: '{tooLong[..32]}…'";
        }

        DateTimeOffset?[] times = [backup.CreatedAt, backup.UpdatedAt, backup.DataTimestamp];
        if (times.Any(time => time < DateTimeOffset.UnixEpoch))
        {
            return "a time is before 1970";
        }

        // So the objects are this backup's: Cinder's prefixes end so (swift.py and posix.py, _generate_object_name_prefix and update_container_name).
        if (!backup.ObjectPrefix.EndsWith($"_backup_{backup.Id}", StringComparison.Ordinal))
        {
            return $"service_metadata '{backup.ObjectPrefix}' does not end with the backup's id";
        }

        string[] names = [ObjectNames.Metadata(backup), ObjectNames.Sha256File(backup)];
        var found = await Task.WhenAll(names.Select(async name => (await backups.GetBlobClient(name).ExistsAsync(cancellationToken)).Value));
        var missing = Array.IndexOf(found, false);
        return missing < 0 ? null : $"object {names[missing]} is not in the backup container: copy the backup's objects there first";
    }
}

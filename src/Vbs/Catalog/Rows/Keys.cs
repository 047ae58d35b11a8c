using System.Globalization;
using Vbs.Restores;

namespace Vbs.Catalog.Rows;

/// <summary>Where each row is. A project's rows share its partition, so that one transaction can move several of them.
/// The rows of work in progress have partitions of their own, which sort after every project: a project id has only
/// <c>0-9a-f-</c>, so one range query finds all work and nothing else.</summary>
internal static class Keys
{
    /// <summary>Every project's partition is below it, and every partition of work above.</summary>
    public const string FirstOfWork = "g";

    /// <summary>The partition of all intents: two writes a restore, of the 2,000 a second that a partition takes
    /// (learn.microsoft.com/azure/storage/tables/scalability-targets).</summary>
    public const string Intents = "intent";

    private const string ProgressPrefix = "progress|";

    public static string Backup(BackupId id) => $"backup|{id}";

    public static string Volume(VolumeId id) => $"volume|{id}";

    public static string Restore(RestoreId id) => $"restore|{id}";

    /// <summary>The index of a project's backups from newest to oldest, Cinder's default order of a list. Its rows never change,
    /// so no move has to write them.</summary>
    public static string BackupByAge(DateTimeOffset createdAt, BackupId id) => $"backup-by-age|{NewestFirst(createdAt)}|{id}";

    /// <summary>The same for volumes.</summary>
    public static string VolumeByAge(DateTimeOffset createdAt, VolumeId id) => $"volume-by-age|{NewestFirst(createdAt)}|{id}";

    /// <summary>The partition of a restore's progress.</summary>
    public static string Progress(RestoreId id) => ProgressPrefix + id;

    /// <summary>The restore whose progress a partition holds.</summary>
    public static RestoreId RestoreOfProgress(string partition) => RestoreId.Parse(partition[ProgressPrefix.Length..]);

    public static string Lane(int lane) => lane.ToString("d2", CultureInfo.InvariantCulture);

    private static string NewestFirst(DateTimeOffset time) =>
        (DateTimeOffset.MaxValue.UtcTicks - time.UtcTicks).ToString("d19", CultureInfo.InvariantCulture);
}

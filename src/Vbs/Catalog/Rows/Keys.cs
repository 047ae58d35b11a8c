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

    /// <summary>Every partition of work is below it; what is only to be forgotten some day is above, where the sweep does not read it each time.</summary>
    public const string EndOfWork = "q";

    /// <summary>Below it is no note of a repeatable answer.</summary>
    public const string FirstOfRepeats = "repeats|";

    /// <summary>The partition of all intents: two writes a restore, of the 2,000 a second that a partition takes
    /// (learn.microsoft.com/azure/storage/tables/scalability-targets).</summary>
    public const string Intents = "intent";

    /// <summary>The partition of volumes that are being made or deleted.</summary>
    public const string VolumeWork = "volume-work";

    private const string ProgressPrefix = "progress|";
    private const int IdDigits = 32;

    /// <summary>Beginning of every backup's row key.</summary>
    public const string Backups = "backup|";

    /// <summary>Beginning of every volume's row key.</summary>
    public const string Volumes = "volume|";

    /// <summary>Beginning of the row keys of the index of backups.</summary>
    public const string BackupsByAge = "backup-by-age|";

    /// <summary>Beginning of the row keys of the index of volumes.</summary>
    public const string VolumesByAge = "volume-by-age|";

    public static string Backup(BackupId id) => Backups + id;

    public static string Volume(VolumeId id) => Volumes + id;

    public static string Restore(RestoreId id) => $"restore|{id}";

    /// <summary>The index of a project's backups from newest to oldest, Cinder's default order of a list: by time and then by id, both descending.
    /// Its rows never change, so no move has to write them.</summary>
    public static string BackupByAge(DateTimeOffset createdAt, BackupId id) => $"{BackupsByAge}{NewestFirst(createdAt)}|{GreatestFirst(id.Value)}";

    /// <summary>The same for volumes.</summary>
    public static string VolumeByAge(DateTimeOffset createdAt, VolumeId id) => $"{VolumesByAge}{NewestFirst(createdAt)}|{GreatestFirst(id.Value)}";

    /// <summary>The id that a row of either index leads to.</summary>
    public static Guid IdOfIndex(string indexKey) => Guid.ParseExact(Complement(indexKey[^IdDigits..]), "N");

    /// <summary>The first answer under a repeatability id.</summary>
    public static string Repeat(Guid id) => $"repeat|{id:N}";

    /// <summary>The partition of the notes of one hour: which answers are to be forgotten a window later.</summary>
    public static string Repeats(DateTimeOffset time) => FirstOfRepeats + time.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);

    /// <summary>The partition of a restore's progress.</summary>
    public static string Progress(RestoreId id) => ProgressPrefix + id;

    /// <summary>Whether a partition holds the progress of a restore.</summary>
    public static bool IsProgress(string partition) => partition.StartsWith(ProgressPrefix, StringComparison.Ordinal);

    /// <summary>The restore whose progress a partition holds.</summary>
    public static RestoreId RestoreOfProgress(string partition) => RestoreId.Parse(partition[ProgressPrefix.Length..]);

    public static string Lane(int lane) => lane.ToString("d2", CultureInfo.InvariantCulture);

    private static string GreatestFirst(Guid id) => Complement(id.ToString("N"));

    // Of hex digits; its own inverse.
    private static string Complement(string digits) =>
        (UInt128.MaxValue - UInt128.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString("x32", CultureInfo.InvariantCulture);

    private static string NewestFirst(DateTimeOffset time) =>
        (DateTimeOffset.MaxValue.UtcTicks - time.UtcTicks).ToString("d19", CultureInfo.InvariantCulture);
}

using System.Globalization;
using Vbs.Restores;

namespace Vbs.Catalog.Listing;

/// <summary>What lists can be ordered and filtered by: Cinder's names (cinder/db/sqlalchemy/models.py), as far as the records hold them.</summary>
public static class ListColumns
{
    /// <summary>Of backups.</summary>
    public static IReadOnlyDictionary<string, Func<Backup, object?>> OfBackups { get; } = new Dictionary<string, Func<Backup, object?>>(StringComparer.Ordinal)
    {
        ["id"] = backup => backup.Id.ToString(),
        ["name"] = backup => backup.Name,
        ["display_name"] = backup => backup.Name,
        ["display_description"] = backup => backup.Description,
        ["status"] = backup => backup.Status.Name(),
        ["size"] = backup => backup.SizeGiB,
        ["volume_id"] = backup => backup.VolumeId.ToString(),
        ["snapshot_id"] = backup => backup.SnapshotId,
        ["parent_id"] = backup => backup.ParentId?.ToString(),
        ["availability_zone"] = backup => backup.AvailabilityZone,
        ["container"] = backup => backup.Container,
        ["object_count"] = backup => backup.ObjectCount,
        ["fail_reason"] = backup => backup.FailReason,
        ["user_id"] = backup => backup.UserId,
        ["project_id"] = backup => backup.ProjectId.ToString(),
        ["created_at"] = backup => backup.CreatedAt,
        ["updated_at"] = backup => backup.UpdatedAt,
        ["data_timestamp"] = backup => backup.DataTimestamp,
    };

    /// <summary>Of volumes.</summary>
    public static IReadOnlyDictionary<string, Func<Volume, object?>> OfVolumes { get; } = new Dictionary<string, Func<Volume, object?>>(StringComparer.Ordinal)
    {
        ["id"] = volume => volume.Id.ToString(),
        ["name"] = volume => volume.Name,
        ["display_name"] = volume => volume.Name,
        ["display_description"] = volume => volume.Description,
        ["status"] = volume => volume.Status.Name(),
        ["size"] = volume => volume.SizeGiB,
        ["availability_zone"] = volume => volume.AvailabilityZone,
        ["user_id"] = volume => volume.UserId,
        ["project_id"] = volume => volume.ProjectId.ToString(),
        ["created_at"] = volume => volume.CreatedAt,
        ["updated_at"] = volume => volume.UpdatedAt,
    };

    /// <summary>Whether a record satisfies a condition.</summary>
    internal static bool Satisfies<T>(this IReadOnlyDictionary<string, Func<T, object?>> columns, T record, Filter filter)
    {
        if (columns[filter.Key](record) is not { } value)
        {
            return false; // As SQL has it: what is not there is neither equal nor unequal to anything.
        }

        var text = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        return filter.IsPart ? text.Contains(filter.Value, StringComparison.OrdinalIgnoreCase) : text == filter.Value;
    }

    /// <summary>The order of records by these keys; texts by their UTF-16 code units.</summary>
    internal static Comparer<T> Order<T>(this IReadOnlyDictionary<string, Func<T, object?>> columns, IReadOnlyList<SortKey> order) =>
        Comparer<T>.Create((left, right) =>
        {
            foreach (var (key, isDescending) in order)
            {
                var difference = Compare(columns[key](left), columns[key](right));
                if (difference != 0)
                {
                    return isDescending ? -difference : difference;
                }
            }

            return 0;
        });

    private static int Compare(object? left, object? right) =>
        left is string text && right is string other ? Math.Sign(string.CompareOrdinal(text, other)) : Math.Sign(Comparer<object>.Default.Compare(left, right));
}

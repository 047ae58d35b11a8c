using Azure.Data.Tables;
using Vbs.Restores;

namespace Vbs.Catalog.Rows;

/// <summary>The columns that backups and volumes share: what they are doing, and for which restore.</summary>
internal static class Claim
{
    public const string Status = nameof(Status);
    public const string RestoreId = nameof(RestoreId);
    public const string UpdatedAt = nameof(UpdatedAt);

    /// <summary>Whether the row is there and this restore holds it.</summary>
    public static bool IsHeldBy(this TableEntity? row, RestoreId id) => row?.Id<RestoreId>(RestoreId) == id;

    /// <summary>Changes what the row is doing, in memory.</summary>
    public static void Change(this TableEntity row, string status, RestoreId? holder, DateTimeOffset now)
    {
        row.Set(Status, status);
        row.Set(RestoreId, holder?.ToString());
        row.Set(UpdatedAt, now);
    }
}

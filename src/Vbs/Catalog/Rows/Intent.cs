using Azure.Data.Tables;
using Vbs.Restores;

namespace Vbs.Catalog.Rows;

/// <summary>The wish to store a restore, written before the restore and removed after its end.</summary>
/// <param name="RestoreId">The restore to be.</param>
/// <param name="ProjectId">The project that asks.</param>
/// <param name="BackupId">The backup to read.</param>
/// <param name="WrittenAt">When, UTC.</param>
/// <param name="TraceParent">The span it was accepted in, in W3C form; null when nobody listened.</param>
internal sealed record Intent(RestoreId RestoreId, ProjectId ProjectId, BackupId BackupId, DateTimeOffset WrittenAt, string? TraceParent)
{
    public static Intent Read(TableEntity row) => row.As(ReadColumns);

    private static Intent ReadColumns(TableEntity row) => new(
        RestoreId.Parse(row.RowKey),
        ProjectId.Parse(row.Text(nameof(ProjectId))),
        BackupId.Parse(row.Text(nameof(BackupId))),
        row.Time(nameof(WrittenAt)),
        row.GetString(nameof(TraceParent)));

    public TableEntity Write() => new(Keys.Intents, RestoreId.ToString())
    {
        [nameof(ProjectId)] = ProjectId.ToString(),
        [nameof(BackupId)] = BackupId.ToString(),
        [nameof(WrittenAt)] = WrittenAt,
        [nameof(TraceParent)] = TraceParent,
    };
}

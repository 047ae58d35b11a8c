using Azure.Data.Tables;
using Vbs.Restores;

namespace Vbs.Catalog.Rows;

/// <summary>The wish to store a restore, written before the restore and removed after its end.</summary>
internal sealed record Intent(RestoreId RestoreId, ProjectId ProjectId, BackupId BackupId, DateTimeOffset WrittenAt)
{
    public static Intent Read(TableEntity row) => new(
        RestoreId.Parse(row.RowKey),
        ProjectId.Parse(row.Text(nameof(ProjectId))),
        BackupId.Parse(row.Text(nameof(BackupId))),
        row.Time(nameof(WrittenAt)));

    public TableEntity Write() => new(Keys.Intents, RestoreId.ToString())
    {
        [nameof(ProjectId)] = ProjectId.ToString(),
        [nameof(BackupId)] = BackupId.ToString(),
        [nameof(WrittenAt)] = WrittenAt,
    };
}

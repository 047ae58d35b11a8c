using Azure.Data.Tables;
using Vbs.Restores;

namespace Vbs.Catalog.Rows;

/// <summary>The first answer to the requests of one repeatability id: the restore it led to, or the refusal. It is in the project's
/// partition, so an acceptance writes it in its own transaction.</summary>
internal sealed record RepeatRow(string Fingerprint, RestoreId? RestoreId, Refusal? Refusal)
{
    public static RepeatRow Read(TableEntity row) => row.As(ReadColumns);

    private static RepeatRow ReadColumns(TableEntity row) => new(
        row.Text(nameof(Fingerprint)),
        row.Id<RestoreId>(nameof(RestoreId)),
        row.GetString(nameof(Restores.Refusal.Message)) is { } message
            ? new Refusal(
                Enum.Parse<RefusalKind>(row.Text(nameof(Restores.Refusal.Kind))), row.GetString(nameof(Restores.Refusal.Code)), message)
            : null);

    public TableEntity Write(ProjectId projectId, Guid id)
    {
        var row = new TableEntity(projectId.ToString(), Keys.Repeat(id));
        row.Set(nameof(Fingerprint), Fingerprint);
        row.Set(nameof(RestoreId), RestoreId?.ToString());
        row.Set(nameof(Restores.Refusal.Kind), Refusal?.Kind.ToString());
        row.Set(nameof(Restores.Refusal.Code), Refusal?.Code);
        row.Set(nameof(Restores.Refusal.Message), Refusal?.Message);
        return row;
    }
}

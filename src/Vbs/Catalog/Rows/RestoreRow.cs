using Azure.Data.Tables;
using Vbs.Restores;

namespace Vbs.Catalog.Rows;

/// <summary>A restore as a row of the table.</summary>
internal static class RestoreRow
{
    private const string FaultCode = nameof(FaultCode);
    private const string FaultReason = nameof(FaultReason);

    // A longer one would not fit a column (32,768 characters), and a restore that cannot be written down cannot end.
    private const int MaxReasonLength = 1024;

    public static Restore Read(TableEntity row) => row.As(ReadColumns);

    private static Restore ReadColumns(TableEntity row) => new()
    {
        ProjectId = ProjectId.Parse(row.PartitionKey),
        Id = RestoreId.Parse(row.Text(nameof(Restore.Id))),
        BackupId = BackupId.Parse(row.Text(nameof(Restore.BackupId))),
        VolumeId = VolumeId.Parse(row.Text(nameof(Restore.VolumeId))),
        VolumeName = row.GetString(nameof(Restore.VolumeName)),
        Status = Enum.Parse<RestoreStatus>(row.Text(nameof(Restore.Status))),
        UserId = row.GetString(nameof(Restore.UserId)),
        RequestId = row.GetString(nameof(Restore.RequestId)),
        AcceptedAt = row.Time(nameof(Restore.AcceptedAt)),
        EndedAt = row.GetDateTimeOffset(nameof(Restore.EndedAt)),
        BytesTotal = row.GetInt64(nameof(Restore.BytesTotal)),
        BytesDone = row.GetInt64(nameof(Restore.BytesDone)) ?? 0,
        Fault = row.GetString(FaultCode) is { } code ? new RestoreFault(code, row.Text(FaultReason)) : null,
    };

    public static TableEntity Write(Restore restore)
    {
        var row = new TableEntity(restore.ProjectId.ToString(), Keys.Restore(restore.Id));
        row.Set(nameof(Restore.Id), restore.Id.ToString());
        row.Set(nameof(Restore.BackupId), restore.BackupId.ToString());
        row.Set(nameof(Restore.VolumeId), restore.VolumeId.ToString());
        row.Set(nameof(Restore.VolumeName), restore.VolumeName);
        row.Set(nameof(Restore.UserId), restore.UserId);
        row.Set(nameof(Restore.RequestId), restore.RequestId);
        row.Set(nameof(Restore.AcceptedAt), restore.AcceptedAt);
        Change(row, restore);
        return row;
    }

    /// <summary>Writes what may change after acceptance, in memory.</summary>
    public static void Change(TableEntity row, Restore restore)
    {
        row.Set(nameof(Restore.Status), restore.Status.ToString());
        row.Set(nameof(Restore.EndedAt), restore.EndedAt);
        row.Set(nameof(Restore.BytesTotal), restore.BytesTotal);
        row.Set(nameof(Restore.BytesDone), restore.BytesDone);
        row.Set(FaultCode, restore.Fault?.Code);
        row.Set(FaultReason, Cut(restore.Fault?.Reason));
    }

    private static string? Cut(string? reason) => reason is { Length: > MaxReasonLength }
        ? reason[..(char.IsHighSurrogate(reason[MaxReasonLength - 1]) ? MaxReasonLength - 1 : MaxReasonLength)]
        : reason;
}

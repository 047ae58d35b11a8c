using Azure.Data.Tables;
using Vbs.Restores;

namespace Vbs.Catalog.Rows;

/// <summary>A volume as a row of the table.</summary>
internal static class VolumeRow
{
    public static Volume Read(TableEntity row) => new()
    {
        ProjectId = ProjectId.Parse(row.PartitionKey),
        Id = VolumeId.Parse(row.Text(nameof(Volume.Id))),
        Status = StatusNames.ParseVolumeStatus(row.Text(Claim.Status)),
        SizeGiB = row.Number(nameof(Volume.SizeGiB)),
        Name = row.GetString(nameof(Volume.Name)),
        CreatedAt = row.Time(nameof(Volume.CreatedAt)),
        UpdatedAt = row.GetDateTimeOffset(Claim.UpdatedAt),
        RestoreId = row.Id<RestoreId>(Claim.RestoreId),
    };

    public static TableEntity Write(Volume volume)
    {
        var row = new TableEntity(volume.ProjectId.ToString(), Keys.Volume(volume.Id));
        row.Set(nameof(Volume.Id), volume.Id.ToString());
        row.Set(Claim.Status, volume.Status.Name());
        row.Set(nameof(Volume.SizeGiB), volume.SizeGiB);
        row.Set(nameof(Volume.Name), volume.Name);
        row.Set(nameof(Volume.CreatedAt), volume.CreatedAt);
        row.Set(Claim.UpdatedAt, volume.UpdatedAt);
        row.Set(Claim.RestoreId, volume.RestoreId?.ToString());
        return row;
    }
}

using System.Collections.ObjectModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using Azure.Data.Tables;
using Vbs.Restores;

namespace Vbs.Catalog.Rows;

/// <summary>A volume as a row of the table.</summary>
internal static class VolumeRow
{
    // A column holds 32,768 characters, so nothing is escaped that need not be.
    private static readonly JsonSerializerOptions MetadataJson = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Volume Read(TableEntity row) => row.As(ReadColumns);

    private static Volume ReadColumns(TableEntity row) => new()
    {
        ProjectId = ProjectId.Parse(row.PartitionKey),
        Id = VolumeId.Parse(row.Text(nameof(Volume.Id))),
        Status = StatusNames.ParseVolumeStatus(row.Text(Claim.Status)),
        SizeGiB = row.Number(nameof(Volume.SizeGiB)),
        Name = row.GetString(nameof(Volume.Name)),
        Description = row.GetString(nameof(Volume.Description)),
        Metadata = ReadMetadata(row),
        AvailabilityZone = row.GetString(nameof(Volume.AvailabilityZone)),
        VolumeType = row.GetString(nameof(Volume.VolumeType)),
        UserId = row.GetString(nameof(Volume.UserId)),
        CreatedAt = row.Time(nameof(Volume.CreatedAt)),
        UpdatedAt = row.GetDateTimeOffset(Claim.UpdatedAt),
        RestoreId = row.Id<RestoreId>(Claim.RestoreId),
        LastRestoreId = row.Id<RestoreId>(nameof(Volume.LastRestoreId)),
        IsNew = row.GetBoolean(nameof(Volume.IsNew)) is true,
    };

    public static TableEntity Write(Volume volume)
    {
        var row = new TableEntity(volume.ProjectId.ToString(), Keys.Volume(volume.Id));
        row.Set(nameof(Volume.Id), volume.Id.ToString());
        row.Set(Claim.Status, volume.Status.Name());
        row.Set(nameof(Volume.SizeGiB), volume.SizeGiB);
        row.Set(nameof(Volume.Name), volume.Name);
        row.Set(nameof(Volume.Description), volume.Description);
        row.Set(nameof(Volume.Metadata), volume.Metadata.Count == 0 ? null : JsonSerializer.Serialize(volume.Metadata, MetadataJson));
        row.Set(nameof(Volume.AvailabilityZone), volume.AvailabilityZone);
        row.Set(nameof(Volume.VolumeType), volume.VolumeType);
        row.Set(nameof(Volume.UserId), volume.UserId);
        row.Set(nameof(Volume.CreatedAt), volume.CreatedAt);
        row.Set(Claim.UpdatedAt, volume.UpdatedAt);
        row.Set(Claim.RestoreId, volume.RestoreId?.ToString());
        row.Set(nameof(Volume.LastRestoreId), volume.LastRestoreId?.ToString());
        row.Set(nameof(Volume.IsNew), volume.IsNew ? true : null);
        return row;
    }

    /// <summary>Notes one thing more of the volume, in memory.</summary>
    public static void SetMetadata(TableEntity row, string key, string value)
    {
        var metadata = new Dictionary<string, string>(ReadMetadata(row)) { [key] = value };
        row.Set(nameof(Volume.Metadata), JsonSerializer.Serialize(metadata, MetadataJson));
    }

    private static IReadOnlyDictionary<string, string> ReadMetadata(TableEntity row) =>
        row.GetString(nameof(Volume.Metadata)) is { } json
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(json)!
            : ReadOnlyDictionary<string, string>.Empty;
}

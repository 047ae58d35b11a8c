using Azure.Data.Tables;
using Vbs.Catalog.Rows;
using Vbs.Restores;

namespace Vbs.Catalog.Volumes;

/// <summary>A note that a volume is about to be, or is, made or deleted. Written before and removed after, so that what a dead process left is found.</summary>
/// <param name="ProjectId">The volume's project.</param>
/// <param name="VolumeId">The volume.</param>
/// <param name="WrittenAt">When the note was written, UTC.</param>
public sealed record VolumeWork(ProjectId ProjectId, VolumeId VolumeId, DateTimeOffset WrittenAt)
{
    internal static VolumeWork Read(TableEntity row) => row.As(columns =>
        new VolumeWork(ProjectId.Parse(columns.Text(nameof(ProjectId))), VolumeId.Parse(columns.RowKey), columns.Time(nameof(WrittenAt))));

    internal TableEntity Write() => new(Keys.VolumeWork, VolumeId.ToString())
    {
        [nameof(ProjectId)] = ProjectId.ToString(),
        [nameof(WrittenAt)] = WrittenAt,
    };
}

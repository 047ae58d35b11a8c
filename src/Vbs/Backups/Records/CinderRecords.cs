using System.Text.Json;
using Vbs.Restores;

namespace Vbs.Backups;

/// <summary>Reads backups from Cinder's own records: a JSON list of the rows of its <c>backups</c> table, as
/// <c>backup-export</c> encodes them. Strict in what it uses; what it does not use is ignored.</summary>
public static class CinderRecords
{
    /// <summary>Reads the list.</summary>
    /// <param name="json">Some MiB at most: it is held in memory.</param>
    /// <param name="project">Becomes the owner of every backup; null keeps the records' <c>project_id</c>.</param>
    /// <returns>The backups in the list's order, no two with one id. Time stamps are UTC, one without a zone is taken as UTC.</returns>
    /// <exception cref="InvalidDataException">Not such a list; the message names the record and its field.</exception>
    public static IReadOnlyList<Backup> Read(Stream json, ProjectId? project = null)
    {
        using var document = Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new InvalidDataException("The records are not a JSON list.");
        }

        var backups = document.RootElement.EnumerateArray().Select((row, index) => Read(new CinderRecord(index + 1, row), project)).ToList();
        return backups.CountBy(backup => backup.Id).FirstOrDefault(count => count.Value > 1) is { Value: > 1 } twice
            ? throw new InvalidDataException($"The records have backup {twice.Key} twice.")
            : backups;
    }

    /// <summary>Reads one record, such as an exported one.</summary>
    /// <param name="record">One row; it may have more keys than a row has.</param>
    /// <param name="project">Becomes the owner.</param>
    /// <exception cref="InvalidDataException">Not a record; the message names the field.</exception>
    public static Backup Read(JsonElement record, ProjectId project) => Read(new CinderRecord(1, record), project);

    private static JsonDocument Parse(Stream json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException unreadable)
        {
            throw new InvalidDataException($"The records are not readable JSON: {unreadable.Message}", unreadable);
        }
    }

    // Names: cinder/db/sqlalchemy/models.py, class Backup.
    private static Backup Read(CinderRecord record, ProjectId? project) => new()
    {
        ProjectId = project ?? record.Id<ProjectId>("project_id"),
        Id = record.Id<BackupId>("id"),
        VolumeId = record.Id<VolumeId>("volume_id"),
        ParentId = record.OptionalText("parent_id") is null ? null : record.Id<BackupId>("parent_id"),
        Status = record.Status("status"),
        SizeGiB = record.Number("size", minimum: 1),
        Container = record.Location("container", "service_metadata").Container,
        ObjectPrefix = record.Location("container", "service_metadata").ObjectPrefix,
        Service = record.OptionalText("service"),
        ObjectCount = record.Number("object_count", minimum: 0),
        DependentCount = record.Number("num_dependent_backups", minimum: 0),
        Name = record.OptionalText("display_name"),
        Description = record.OptionalText("display_description"),
        AvailabilityZone = record.OptionalText("availability_zone"),
        SnapshotId = record.OptionalText("snapshot_id"),
        FailReason = record.OptionalText("fail_reason"),
        UserId = record.OptionalText("user_id"),
        CreatedAt = record.OptionalTime("created_at") ?? throw record.Wrong("created_at", "is missing"),
        UpdatedAt = record.OptionalTime("updated_at"),
        DataTimestamp = record.OptionalTime("data_timestamp"),
    };
}

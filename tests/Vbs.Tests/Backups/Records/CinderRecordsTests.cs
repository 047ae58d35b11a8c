using System.Text;
using System.Text.Json.Nodes;
using Vbs.Backups;
using Vbs.Restores;

namespace Vbs.Tests.Backups.Records;

public sealed class CinderRecordsTests
{
    private const string Row = """
        {
          "id": "2da0ca72-faba-42c7-ae56-9918f21fd4ae", "project_id": "5751d8c3f2f6415993ee4326b41630ec",
          "volume_id": "fc3e4183-4f27-452d-af17-92a8af523439", "parent_id": "2e15ab06-f950-479c-aa9f-2b98176e65d7",
          "user_id": "7e5e9a2b1c8d4f60a3b1c5d7e9f01234", "status": "available", "size": 3, "container": "2d/a0/2da0ca72",
          "service_metadata": "volume_backup", "object_count": 6, "num_dependent_backups": 1, "display_name": "nightly-1",
          "display_description": "made by Cinder", "availability_zone": "nova", "snapshot_id": "s", "fail_reason": "f",
          "created_at": "2026-11-02T01:00:00Z", "updated_at": "2026-11-02T03:00:00.250000", "data_timestamp": "2026-11-02T01:00:00+01:00",
          "host": "backup@posix", "encryption_key_id": null
        }
        """;

    [Theory]
    [InlineData("zlib", 3)]
    [InlineData("bz2", 2)]
    [InlineData("zstd", 2)]
    [InlineData("none", 2)]
    public void What_Cinder_stored_is_read_in_its_order(string compression, int count)
    {
        var records = new CinderFolder(compression).Records;

        Assert.Equal(count, records.Count);
        Assert.Null(records[0].ParentId);
        Assert.Equal(records.SkipLast(1).Select(parent => (BackupId?)parent.Id), records.Skip(1).Select(child => child.ParentId));
    }

    [Fact]
    public void Every_field_is_read() =>
        Assert.Equal(
            new Backup
            {
                ProjectId = ProjectId.Parse("5751d8c3f2f6415993ee4326b41630ec"),
                Id = BackupId.Parse("2da0ca72-faba-42c7-ae56-9918f21fd4ae"),
                VolumeId = VolumeId.Parse("fc3e4183-4f27-452d-af17-92a8af523439"),
                ParentId = BackupId.Parse("2e15ab06-f950-479c-aa9f-2b98176e65d7"),
                Status = BackupStatus.Available,
                SizeGiB = 3,
                Container = "2d/a0/2da0ca72",
                ObjectPrefix = "volume_backup",
                ObjectCount = 6,
                DependentCount = 1,
                Name = "nightly-1",
                Description = "made by Cinder",
                AvailabilityZone = "nova",
                SnapshotId = "s",
                FailReason = "f",
                UserId = "7e5e9a2b1c8d4f60a3b1c5d7e9f01234",
                CreatedAt = new DateTimeOffset(2026, 11, 2, 1, 0, 0, TimeSpan.Zero),
                UpdatedAt = new DateTimeOffset(2026, 11, 2, 3, 0, 0, 250, TimeSpan.Zero),
                DataTimestamp = new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero),
            },
            Assert.Single(Read($"[{Row}]")));

    [Fact]
    public void Another_project_may_own_what_is_read()
    {
        using var json = Stream($"[{Row}]");
        var project = ProjectId.Parse("0123");

        Assert.Equal(project, Assert.Single(CinderRecords.Read(json, project)).ProjectId);
    }

    [Theory]
    [InlineData("available", BackupStatus.Available)]
    [InlineData("restoring", BackupStatus.Restoring)]
    [InlineData("creating", BackupStatus.Creating)]
    [InlineData("deleting", BackupStatus.Deleting)]
    [InlineData("deleted", BackupStatus.Deleted)]
    [InlineData("error", BackupStatus.Error)]
    [InlineData("error_deleting", BackupStatus.ErrorDeleting)]
    public void Every_status_is_known(string status, BackupStatus expected) =>
        Assert.Equal(expected, Assert.Single(Read(With("status", $"\"{status}\""))).Status);

    [Theory]
    [InlineData("id", "null", "Record 1: 'id' is missing.")]
    [InlineData("id", "\"7\"", "Record 1: 'id' is not an id: '7'.")]
    [InlineData("id", "7", "Record 1: 'id' is not a string.")]
    [InlineData("project_id", "\"../x\"", "Record 1: 'project_id' is not an id: '../x'.")]
    [InlineData("volume_id", "null", "Record 1: 'volume_id' is missing.")]
    [InlineData("parent_id", "\"\"", "Record 1: 'parent_id' is not an id: ''.")]
    [InlineData("size", "0", "Record 1: 'size' is not a whole number from 1.")]
    [InlineData("size", "\"1\"", "Record 1: 'size' is not a whole number from 1.")]
    [InlineData("size", "4294967296", "Record 1: 'size' is not a whole number from 1.")]
    [InlineData("object_count", "-1", "Record 1: 'object_count' is not a whole number from 0.")]
    [InlineData("num_dependent_backups", "null", "Record 1: 'num_dependent_backups' is not a whole number from 0.")]
    [InlineData("status", "\"backing-up\"", "Record 1: 'status' is not a backup status: 'backing-up'.")]
    [InlineData("status", "\"Available\"", "Record 1: 'status' is not a backup status: 'Available'.")]
    [InlineData("container", "null", "Record 1: 'container' is missing.")]
    [InlineData("service_metadata", "null", "Record 1: 'service_metadata' is missing.")]
    [InlineData("container", "\"../other\"", "Record 1: 'container' and 'service_metadata' are not a path of printable ASCII: '../other/volume_backup'.")]
    [InlineData("service_metadata", "\"x/\"", "Record 1: 'container' and 'service_metadata' are not a path of printable ASCII: '2d/a0/2da0ca72/x/'.")]
    [InlineData("created_at", "null", "Record 1: 'created_at' is missing.")]
    [InlineData("created_at", "\"yesterday\"", "Record 1: 'created_at' is not a time: 'yesterday'.")]
    [InlineData("display_name", "{}", "Record 1: 'display_name' is not a string.")]
    public void A_field_that_is_wrong_is_named(string field, string value, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => Read(With(field, value))).Message);

    [Theory]
    [InlineData("{}", "The records are not a JSON list.")]
    [InlineData("[7]", "Record 1 is not a JSON object.")]
    [InlineData("[", "The records are not readable JSON: ")]
    [InlineData("", "The records are not readable JSON: ")]
    [InlineData("""[{"id": 1, "id": 2}]""", "The records are not readable JSON: ")]
    [InlineData("""[{"project_id": "\ud800"}]""", "Record 1: 'project_id' is not Unicode.")]
    public void A_document_that_is_no_list_of_records_is_refused(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<InvalidDataException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void One_backup_in_two_records_is_refused() =>
        Assert.Equal(
            "The records have backup 2da0ca72-faba-42c7-ae56-9918f21fd4ae twice.",
            Assert.Throws<InvalidDataException>(() => Read($"[{Row}, {Row}]")).Message);

    private static string With(string field, string value)
    {
        var row = JsonNode.Parse(Row)!;
        row[field] = JsonNode.Parse(value);
        return $"[{row.ToJsonString()}]";
    }

    private static IReadOnlyList<Backup> Read(string json)
    {
        using var stream = Stream(json);
        return CinderRecords.Read(stream);
    }

    private static MemoryStream Stream(string json) => new(Encoding.UTF8.GetBytes(json));
}

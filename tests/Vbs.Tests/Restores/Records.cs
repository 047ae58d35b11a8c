using Vbs.Restores;

namespace Vbs.Tests.Restores;

/// <summary>Records of one project, told apart by a number.</summary>
internal static class Records
{
    public static ProjectId Project { get; } = ProjectId.Parse("5751d8c3f2f6415993ee4326b41630ec");

    public static DateTimeOffset CreatedAt { get; } = new DateTimeOffset(2026, 11, 1, 1, 2, 3, TimeSpan.Zero).AddTicks(1_234_567);

    public static Backup Backup(int number = 1, BackupStatus status = BackupStatus.Available, int sizeGiB = 10) => new()
    {
        ProjectId = Project,
        Id = new BackupId(Id(0xb, number)),
        VolumeId = new VolumeId(Id(0xf, number)),
        Status = status,
        SizeGiB = sizeGiB,
        Container = "2e/15/folder",
        ObjectPrefix = "volume_x_backup_y",
        CreatedAt = CreatedAt,
    };

    public static Volume Volume(int number = 1, VolumeStatus status = VolumeStatus.Available, int sizeGiB = 10) => new()
    {
        ProjectId = Project,
        Id = new VolumeId(Id(0xd, number)),
        Status = status,
        SizeGiB = sizeGiB,
        CreatedAt = CreatedAt,
    };

    public static Guid Id(int kind, int number) => new(number, (short)kind, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 1);
}

using Vbs.Restores;

namespace Vbs.Tests.Restores;

public sealed class RestoreRulesTests
{
    [Fact]
    public void An_available_backup_may_be_restored_to_an_available_volume_of_its_size() =>
        Assert.Null(Check(Records.Backup(), Records.Volume()));

    [Fact]
    public void A_larger_volume_will_do() => Assert.Null(Check(Records.Backup(sizeGiB: 1), Records.Volume(sizeGiB: 2)));

    [Fact]
    public void A_missing_backup_is_refused_before_all_else() => AssertRefused(
        Check(null, null, mayRestore: false),
        RefusalKind.NotFound,
        "VolumeBackup.0111",
        "Backup 00000001-000b-4000-8000-000000000001 could not be found.");

    [Fact]
    public void A_caller_without_the_role_is_refused_once_the_backup_is_found() => AssertRefused(
        Check(Records.Backup(status: BackupStatus.Error), null, mayRestore: false),
        RefusalKind.Forbidden,
        "VolumeBackup.0042",
        "Policy doesn't allow backup:restore to be performed.");

    [Fact]
    public void A_backup_that_is_not_available_is_refused_before_the_volume_is_looked_at()
    {
        foreach (var status in Enum.GetValues<BackupStatus>().Where(status => status != BackupStatus.Available))
        {
            AssertRefused(
                Check(Records.Backup(status: status), null),
                RefusalKind.Invalid,
                "VolumeBackup.0089",
                "Invalid backup: Backup status must be available");
        }
    }

    [Fact]
    public void A_missing_volume_is_refused() => AssertRefused(
        Check(Records.Backup(), null),
        RefusalKind.NotFound,
        "VolumeBackup.0207",
        "Volume 00000001-000d-4000-8000-000000000001 could not be found.");

    [Theory]
    [InlineData(VolumeStatus.RestoringBackup, "VolumeBackup.0205")]
    [InlineData(VolumeStatus.ErrorRestoring, "VolumeBackup.0202")]
    [InlineData(VolumeStatus.Error, "VolumeBackup.0202")]
    [InlineData(VolumeStatus.Creating, "VolumeBackup.0205")]
    [InlineData(VolumeStatus.Deleting, "VolumeBackup.0205")]
    [InlineData(VolumeStatus.InUse, "VolumeBackup.0205")]
    public void A_volume_that_is_not_available_is_refused_whatever_its_size(VolumeStatus status, string code) => AssertRefused(
        Check(Records.Backup(), Records.Volume(status: status, sizeGiB: 1)),
        RefusalKind.Invalid,
        code,
        "Invalid volume: Volume to be restored to must be available");

    [Fact]
    public void A_volume_smaller_than_the_backup_is_refused() => AssertRefused(
        Check(Records.Backup(sizeGiB: 10), Records.Volume(sizeGiB: 5)),
        RefusalKind.Invalid,
        "VolumeBackup.0209",
        "Invalid volume: volume size 5 is too small to restore backup of size 10.");

    private static Refusal? Check(Backup? backup, Volume? volume, bool mayRestore = true) =>
        RestoreRules.Check(Records.Backup().Id, backup, mayRestore, Records.Volume().Id, volume);

    private static void AssertRefused(Refusal? refusal, RefusalKind kind, string code, string message) =>
        Assert.Equal(new Refusal(kind, code, message), refusal);
}

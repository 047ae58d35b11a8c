using EndToEnd.Harness;

namespace EndToEnd.RealBackups;

public sealed class ZlibBackupTests(Installation installation)
{
    private const string Folder = "zlib";

    [Theory]
    [MemberData(nameof(RealBackup.IndexesOf), Folder, MemberType = typeof(RealBackup))]
    public Task Fill_a_fresh_disk(int index) => new RealBackup(installation, Folder, index).RestoreToFreshDiskAsync(1);

    [Theory]
    [MemberData(nameof(RealBackup.IndexesOf), Folder, MemberType = typeof(RealBackup))]
    public Task Replace_all_that_they_cover_of_a_full_disk(int index) => new RealBackup(installation, Folder, index).RestoreToFullDiskAsync();

    [Theory]
    [MemberData(nameof(RealBackup.IndexesOf), Folder, MemberType = typeof(RealBackup))]
    public Task Make_a_new_disk(int index) => new RealBackup(installation, Folder, index).RestoreToNewDiskAsync();

    [Theory]
    [MemberData(nameof(RealBackup.IndexesOf), Folder, MemberType = typeof(RealBackup))]
    public Task Fit_a_larger_disk(int index) => new RealBackup(installation, Folder, index).RestoreToFreshDiskAsync(2);
}

using Vbs.Restores;

namespace Vbs.Tests.Restores;

public sealed class StatusNamesTests
{
    [Fact]
    public void Backups_have_the_names_of_Cinder()
    {
        var names = Enum.GetValues<BackupStatus>().Select(status => status.Name());

        Assert.Equal(["available", "restoring", "creating", "deleting", "deleted", "error", "error_deleting"], names);
    }

    [Fact]
    public void Volumes_have_the_names_of_Cinder()
    {
        var names = Enum.GetValues<VolumeStatus>().Select(status => status.Name());

        Assert.Equal(["available", "restoring-backup", "error_restoring", "error", "creating", "deleting", "in-use"], names);
    }

    [Fact]
    public void Each_name_reads_back()
    {
        Assert.All(Enum.GetValues<BackupStatus>(), status => Assert.Equal(status, StatusNames.ParseBackupStatus(status.Name())));
        Assert.All(Enum.GetValues<VolumeStatus>(), status => Assert.Equal(status, StatusNames.ParseVolumeStatus(status.Name())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Available")]
    [InlineData("backing-up")]
    public void Another_name_is_refused(string name)
    {
        Assert.Throws<FormatException>(() => StatusNames.ParseBackupStatus(name));
        Assert.Throws<FormatException>(() => StatusNames.ParseVolumeStatus(name));
    }
}

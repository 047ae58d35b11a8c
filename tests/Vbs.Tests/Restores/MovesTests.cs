using Vbs.Restores;

namespace Vbs.Tests.Restores;

public sealed class MovesTests
{
    [Fact]
    public void A_backup_moves_into_a_restore_and_out_of_it_and_by_a_reset() => AssertMatrix(
        Moves.Check,
        (BackupStatus.Available, BackupStatus.Restoring),
        (BackupStatus.Restoring, BackupStatus.Available),
        (BackupStatus.Restoring, BackupStatus.Error),
        (BackupStatus.Available, BackupStatus.Error),
        (BackupStatus.Error, BackupStatus.Available));

    [Fact]
    public void A_volume_is_made_moves_into_a_restore_and_out_of_it_or_by_a_reset_and_is_deleted_at_rest() => AssertMatrix(
        Moves.Check,
        (VolumeStatus.Creating, VolumeStatus.Available),
        (VolumeStatus.Available, VolumeStatus.Deleting),
        (VolumeStatus.Error, VolumeStatus.Deleting),
        (VolumeStatus.ErrorRestoring, VolumeStatus.Deleting),
        (VolumeStatus.Available, VolumeStatus.RestoringBackup),
        (VolumeStatus.RestoringBackup, VolumeStatus.Available),
        (VolumeStatus.RestoringBackup, VolumeStatus.ErrorRestoring),
        (VolumeStatus.RestoringBackup, VolumeStatus.Error),
        (VolumeStatus.Available, VolumeStatus.Error),
        (VolumeStatus.Error, VolumeStatus.Available),
        (VolumeStatus.ErrorRestoring, VolumeStatus.Available),
        (VolumeStatus.ErrorRestoring, VolumeStatus.Error));

    [Fact]
    public void A_restore_never_leaves_its_end() => AssertMatrix(
        Moves.Check,
        (RestoreStatus.Accepted, RestoreStatus.Running),
        (RestoreStatus.Accepted, RestoreStatus.Failed),
        (RestoreStatus.Running, RestoreStatus.Succeeded),
        (RestoreStatus.Running, RestoreStatus.Failed));

    private static void AssertMatrix<TStatus>(Func<TStatus, TStatus, Move> check, params (TStatus From, TStatus To)[] allowed)
        where TStatus : struct, Enum
    {
        foreach (var from in Enum.GetValues<TStatus>())
        {
            foreach (var to in Enum.GetValues<TStatus>())
            {
                var expected = from.Equals(to) ? Move.AlreadyMade : allowed.Contains((from, to)) ? Move.Allowed : Move.Refused;
                Assert.True(expected == check(from, to), $"{from} to {to} is not {expected}.");
            }
        }
    }
}

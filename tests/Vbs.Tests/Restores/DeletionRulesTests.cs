using Vbs.Restores;

namespace Vbs.Tests.Restores;

public sealed class DeletionRulesTests
{
    private static readonly VolumeId Id = Records.Volume().Id;

    [Fact]
    public void A_volume_is_deleted_at_rest_only()
    {
        foreach (var status in Enum.GetValues<VolumeStatus>())
        {
            var refusal = DeletionRules.Check(Id, Records.Volume(status: status), mayDelete: true, isLeased: false);

            var isAtRest = status is VolumeStatus.Available or VolumeStatus.Error or VolumeStatus.ErrorRestoring;
            Assert.True(isAtRest == refusal is null, $"{status}: {refusal?.Message}");
            Assert.True(refusal is null or { Kind: RefusalKind.Invalid });
        }
    }

    [Fact]
    public void A_leased_volume_is_in_use_whatever_its_record_says() =>
        Assert.Equal(RefusalKind.Invalid, DeletionRules.Check(Id, Records.Volume(), mayDelete: true, isLeased: true)?.Kind);

    [Fact]
    public void A_missing_volume_comes_before_the_role_and_the_role_before_the_status()
    {
        Assert.Equal(RefusalKind.NotFound, DeletionRules.Check(Id, null, mayDelete: false, isLeased: true)?.Kind);
        Assert.Equal(RefusalKind.Forbidden, DeletionRules.Check(Id, Records.Volume(status: VolumeStatus.InUse), mayDelete: false, isLeased: true)?.Kind);
    }
}

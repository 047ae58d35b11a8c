using Vbs.Identity;
using Vbs.Tests.Restores;

namespace Vbs.Tests.Identity;

public sealed class CallerTests
{
    [Theory]
    [InlineData("member", true, true)]
    [InlineData("admin", true, true)]
    [InlineData("MEMBER", true, true)]
    [InlineData("reader", false, true)]
    [InlineData("Reader", false, true)]
    [InlineData("_member_", false, false)]
    [InlineData("service", false, false)]
    [InlineData("", false, false)]
    public void A_role_allows_what_it_says(string role, bool mayRestore, bool mayRead)
    {
        var caller = new Caller(Records.Project, "user", [role]);

        Assert.Equal((mayRestore, mayRead), (caller.MayRestore, caller.MayRead));
    }

    [Fact]
    public void A_caller_without_roles_may_do_nothing()
    {
        var caller = new Caller(Records.Project, "user", []);

        Assert.False(caller.MayRead || caller.MayRestore);
    }

    [Fact]
    public void One_role_of_several_is_enough() => Assert.True(new Caller(Records.Project, "user", ["swiftoperator", "member"]).MayRestore);

    [Fact]
    public void A_forgotten_answer_is_a_refusal()
    {
        Assert.Equal(TokenVerdict.Unauthorized, default(TokenAnswer).Verdict);
        Assert.False(default(TokenAnswer).IsValid);
        Assert.False(TokenAnswer.Unavailable.IsValid);
        Assert.Equal(TokenVerdict.Unavailable, TokenAnswer.Unavailable.Verdict);
    }
}

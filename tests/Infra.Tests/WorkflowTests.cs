using System.Text.RegularExpressions;

namespace Infra;

public sealed partial class WorkflowTests
{
    private static readonly string Workflow = File.ReadAllText(Repository.PathOf(".github/workflows/check-and-deploy.yml"));

    [Fact]
    public void An_action_is_pinned_to_a_commit_and_says_of_which_version()
    {
        var actions = Workflow.Split('\n').Where(line => line.Contains("uses:", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(actions);
        Assert.All(actions, action => Assert.Matches(Pinned(), action));
    }

    [Fact]
    public void Nothing_is_allowed_by_default_and_no_secret_is_kept()
    {
        Assert.Contains("\npermissions: {}\n", Workflow, StringComparison.Ordinal);
        Assert.DoesNotContain("secrets.", Workflow, StringComparison.Ordinal);
        Assert.DoesNotContain(": write", Workflow.Replace("id-token: write", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex Pinned();
}

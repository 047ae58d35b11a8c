using System.Xml.Linq;

namespace Infra.HostJson;

/// <summary>What Core Tools look for beside the app (StartHostAction and SecretsManager in azure-functions-core-tools), and what goes to Azure.</summary>
public sealed class PackageTests
{
    private static readonly XElement Project = XElement.Load(Repository.PathOf("src/VbsFunctions/VbsFunctions.csproj"));

    [Theory]
    [InlineData("host.json", "PreserveNewest")]
    [InlineData("local.settings.json", "Never")]
    [InlineData("local.settings.sample.json", "Never")]
    public void A_file_lies_beside_the_app_under_its_name_and_only_host_json_goes_to_Azure(string name, string publish)
    {
        var file = Assert.Single(Project.Descendants("None"), item => (string?)item.Attribute("Link") == name);

        Assert.Equal("PreserveNewest", (string?)file.Attribute("CopyToOutputDirectory"));
        Assert.Equal(publish, (string?)file.Attribute("CopyToPublishDirectory"));
    }

    [Fact]
    public void Each_backend_has_its_host_json()
    {
        var files = Project.Descendants("HostJson").Select(file => file.Value).ToList();

        Assert.Equal(["host.json", "host.scheduler.json"], files);
        Assert.All(files, file => Assert.True(File.Exists(Repository.PathOf(file)), file));
    }

    // Of the two the platform reads the file alone: see the remark in the project.
    [Theory]
    [InlineData("src/VbsFunctions/VbsFunctions.csproj", "$(DURABLE_BACKEND)")]
    [InlineData("infra/main.bicepparam", "'DURABLE_BACKEND'")]
    [InlineData(".github/workflows/check-and-deploy.yml", "DURABLE_BACKEND:")]
    public void The_package_and_the_template_are_told_of_the_backend_by_one_variable(string file, string variable) =>
        Assert.Contains(variable, File.ReadAllText(Repository.PathOf(file)), StringComparison.Ordinal);
}

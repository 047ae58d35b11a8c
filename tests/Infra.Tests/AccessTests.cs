using System.Text.Json.Nodes;

namespace Infra;

public sealed class AccessTests(Templates templates)
{
    [Fact]
    public void No_shared_key_opens_a_storage_account()
    {
        var accounts = templates.Sample.Of("Microsoft.Storage/storageAccounts").Select(account => account["properties"]!).ToList();

        Assert.Equal(2, accounts.Count);
        Assert.All(accounts, account => Assert.False((bool)account["allowSharedKeyAccess"]!));
        Assert.All(accounts, account => Assert.False((bool)account["allowBlobPublicAccess"]!));
        Assert.All(accounts, account => Assert.Equal("TLS1_2", (string?)account["minimumTlsVersion"]));
        Assert.All(accounts, account => Assert.True((bool)account["supportsHttpsTrafficOnly"]!));
    }

    [Fact]
    public void The_app_speaks_https_and_is_published_by_identity_only()
    {
        var app = templates.Sample.Only("Microsoft.Web/sites");

        Assert.True((bool)app["httpsOnly"]!);
        Assert.Equal("1.2", (string?)app["siteConfig"]!["minTlsVersion"]);
        Assert.Equal("Disabled", (string?)app["siteConfig"]!["ftpsState"]);
        Assert.Equal("UserAssignedIdentity", (string?)app["functionAppConfig"]!["deployment"]!["storage"]!["authentication"]!["type"]);
        var publishing = templates.Sample.Of("Microsoft.Web/sites/basicPublishingCredentialsPolicies");
        Assert.Equal(2, publishing.Count);
        Assert.All(publishing, way => Assert.False((bool)way["properties"]!["allow"]!));
    }

    [Fact]
    public void No_key_writes_telemetry()
    {
        Assert.True((bool)templates.Sample.Only("Microsoft.Insights/components")["DisableLocalAuth"]!);
        Assert.True((bool)templates.Sample.Only("Microsoft.OperationalInsights/workspaces")["features"]!["disableLocalAuth"]!);
    }

    [Fact]
    public void The_vault_asks_for_roles_and_cannot_be_purged()
    {
        var vault = templates.Sample.Only("Microsoft.KeyVault/vaults");

        Assert.True((bool)vault["enableRbacAuthorization"]!);
        Assert.True((bool)vault["enablePurgeProtection"]!);
        Assert.Null(vault["accessPolicies"]);
        Assert.Empty(templates.Sample.Of("Microsoft.KeyVault/vaults/secrets"));
    }

    [Fact]
    public void Each_role_names_the_type_of_its_principal_and_is_given_once()
    {
        foreach (var deployment in new[] { templates.Sample, templates.WithEverything })
        {
            var assignments = deployment.Of("Microsoft.Authorization/roleAssignments");
            Assert.All(assignments, assignment => Assert.Contains((string?)assignment["properties"]!["principalType"], (string[])["ServicePrincipal", "User"]));
            Assert.Equal(assignments.Count, assignments.Select(Deployment.NameOf).Distinct().Count());
        }
    }

    [Fact]
    public void The_service_has_these_roles() => Assert.Equal(
        [
            "Key Vault Secrets User", "Monitoring Metrics Publisher", "Storage Blob Data Contributor", "Storage Blob Data Owner",
            "Storage Queue Data Contributor", "Storage Table Data Contributor", "Storage Table Data Contributor",
        ],
        RolesOf(templates.Sample, "ServicePrincipal"));

    [Fact]
    public void The_scheduler_is_one_role_more() => Assert.Equal(
        ["Durable Task Data Contributor"], RolesOf(templates.WithEverything, "ServicePrincipal").Except(RolesOf(templates.Sample, "ServicePrincipal")));

    [Fact]
    public void A_developer_reaches_the_data_and_the_secret_and_not_the_host()
    {
        Assert.Empty(RolesOf(templates.Sample, "User"));
        Assert.Equal(
            ["Key Vault Secrets Officer", "Storage Blob Data Contributor", "Storage Table Data Contributor"],
            RolesOf(templates.WithEverything, "User"));
    }

    // https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
    private static IEnumerable<string> RolesOf(Deployment deployment, string principalType) =>
        from assignment in deployment.Of("Microsoft.Authorization/roleAssignments")
        let properties = assignment["properties"]!
        where (string?)properties["principalType"] == principalType
        let title = Title(properties)
        orderby title
        select title;

    private static string Title(JsonNode properties) => ((string)properties["roleDefinitionId"]!)[^36..] switch
    {
        "b7e6dc6d-f1e8-4753-8033-0f276bb0955b" => "Storage Blob Data Owner",
        "ba92f5b4-2d11-453d-a403-e96b0029c9fe" => "Storage Blob Data Contributor",
        "974c5e8b-45b9-4653-ba55-5f855dd0fb88" => "Storage Queue Data Contributor",
        "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3" => "Storage Table Data Contributor",
        "3913510d-42f4-4e42-8a64-420c390055eb" => "Monitoring Metrics Publisher",
        "4633458b-17de-408a-b874-0445c86b69e6" => "Key Vault Secrets User",
        "b86a8fe4-44ce-4948-aee5-eccb2c155cd7" => "Key Vault Secrets Officer",
        "0ad04412-c4d5-4796-b79c-f76d14c8d402" => "Durable Task Data Contributor",
        var other => other,
    };
}

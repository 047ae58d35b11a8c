using System.Text.RegularExpressions;

namespace Infra;

public sealed partial class ResourceTests(Templates templates)
{
    private static readonly string[] Always =
    [
        "1 Microsoft.Insights/components", "1 Microsoft.Insights/metricAlerts", "1 Microsoft.Insights/webtests", "1 Microsoft.KeyVault/vaults",
        "1 Microsoft.ManagedIdentity/userAssignedIdentities", "1 Microsoft.OperationalInsights/workspaces", "1 Microsoft.Resources/resourceGroups",
        "1 Microsoft.Storage/storageAccounts/managementPolicies", "1 Microsoft.Storage/storageAccounts/tableServices/tables", "1 Microsoft.Web/serverfarms",
        "1 Microsoft.Web/sites", "2 Microsoft.Storage/storageAccounts", "2 Microsoft.Storage/storageAccounts/blobServices",
        "2 Microsoft.Storage/storageAccounts/tableServices", "2 Microsoft.Web/sites/basicPublishingCredentialsPolicies",
        "4 Microsoft.Storage/storageAccounts/blobServices/containers", "5 Microsoft.Insights/scheduledQueryRules",
    ];

    [Fact]
    public void The_sample_deploys_these_and_no_other() =>
        Assert.Equal([.. Always, "7 Microsoft.Authorization/roleAssignments"], Counts(templates.Sample));

    [Fact]
    public void Every_option_adds_these_and_no_other() => Assert.Equal(
        [
            "1 Microsoft.DurableTask/schedulers", "1 Microsoft.DurableTask/schedulers/taskHubs", "1 Microsoft.Insights/actionGroups", "1 Microsoft.Network/virtualNetworks",
            "11 Microsoft.Authorization/roleAssignments", "3 Microsoft.Network/privateDnsZones", "3 Microsoft.Network/privateDnsZones/virtualNetworkLinks",
            "5 Microsoft.Network/privateEndpoints", "5 Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
        ],
        Counts(templates.WithEverything).Except(Always));

    // Naming rules and restrictions for Azure resources: the shortest limits of the types that are used.
    [Theory]
    [InlineData("Microsoft.Storage/storageAccounts", "^[a-z0-9]{3,24}$")]
    [InlineData("Microsoft.KeyVault/vaults", "^[a-zA-Z](?:-?[a-zA-Z0-9]){2,23}$")]
    [InlineData("Microsoft.Web/sites", "^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,58}[a-zA-Z0-9])?$")]
    [InlineData("Microsoft.Web/serverfarms", "^[a-zA-Z0-9-]{1,60}$")]
    [InlineData("Microsoft.ManagedIdentity/userAssignedIdentities", "^[a-zA-Z0-9][a-zA-Z0-9_-]{2,127}$")]
    [InlineData("Microsoft.OperationalInsights/workspaces", "^[a-zA-Z0-9][a-zA-Z0-9-]{2,61}[a-zA-Z0-9]$")]
    [InlineData("Microsoft.DurableTask/schedulers", "^[a-zA-Z0-9-]{3,64}$")]
    public void A_name_is_one_that_Azure_takes(string type, string rule) =>
        Assert.All(templates.WithEverything.Of(type), resource => Assert.Matches(rule, Deployment.NameOf(resource)));

    // The host is told apart from other apps on its account by the first 32 characters of its name.
    [Fact]
    public void The_apps_name_is_short_enough_to_be_its_host_id() =>
        Assert.InRange(Deployment.NameOf(Assert.Single(templates.Sample.Of("Microsoft.Web/sites"))).Length, 1, 32);

    [Fact]
    public void Every_resource_with_tags_is_found_by_azd()
    {
        var tagged = templates.WithEverything.Resources.Where(resource => resource["location"] is not null).ToList();

        Assert.NotEmpty(tagged);
        Assert.All(tagged, resource => Assert.Matches("azd-env-name\\W+everything", resource["tags"]?.ToString() ?? ""));
        var service = ServiceName().Match(File.ReadAllText(Repository.PathOf("azure.yaml"))).Groups["name"].Value;
        Assert.Equal(service, (string?)Assert.Single(templates.Sample.Of("Microsoft.Web/sites"))["tags"]!["azd-service-name"]);
    }

    [Fact]
    public void The_plan_and_the_runtime_are_Flex_Consumption_with_dotnet_10()
    {
        var app = templates.WithEverything.Only("Microsoft.Web/sites")["functionAppConfig"]!;

        Assert.Equal("FC1", (string?)Assert.Single(templates.Sample.Of("Microsoft.Web/serverfarms"))["sku"]!["name"]);
        Assert.Equal("dotnet-isolated 10.0", $"{app["runtime"]!["name"]} {app["runtime"]!["version"]}");
        Assert.Equal(["http 1", "durable 2"], app["scaleAndConcurrency"]!["alwaysReady"]!.AsArray().Select(group => $"{group!["name"]} {group["instanceCount"]}"));
    }

    [Fact]
    public void Only_plans_are_removed_and_never_before_a_restore_may_have_ended()
    {
        var rule = Assert.Single(templates.Sample.Only("Microsoft.Storage/storageAccounts/managementPolicies")["policy"]!["rules"]!.AsArray())!["definition"]!;

        Assert.Equal(["blockBlob"], rule["filters"]!["blobTypes"]!.AsArray().Select(type => (string?)type));
        Assert.Equal([$"{templates.Sample.Settings()["Vbs__Storage__RestoreContainer"]}/"], rule["filters"]!["prefixMatch"]!.AsArray().Select(prefix => (string?)prefix));
        Assert.InRange((int)rule["actions"]!["baseBlob"]!["delete"]!["daysAfterModificationGreaterThan"]!, 7, 365);
    }

    [Fact]
    public void Deleted_blobs_can_be_brought_back() => Assert.All(
        templates.Sample.Of("Microsoft.Storage/storageAccounts/blobServices"),
        service => Assert.True((bool)service["properties"]!["deleteRetentionPolicy"]!["enabled"]!));

    [Fact]
    public void A_private_network_is_the_only_way_to_storage()
    {
        Assert.All(Accounts(templates.Sample), access => Assert.Equal("Enabled", access));
        Assert.All(Accounts(templates.WithEverything), access => Assert.Equal("Disabled", access));
        Assert.Equal(
            ["data-blob", "data-table", "host-blob", "host-queue", "host-table"],
            templates.WithEverything.Of("Microsoft.Network/privateEndpoints").Select(endpoint => Connection(Deployment.NameOf(endpoint))).Order());
        Assert.Contains("appSubnetId", (string?)templates.WithEverything.Only("Microsoft.Web/sites")["virtualNetworkSubnetId"], StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Accounts(Deployment deployment) =>
        deployment.Of("Microsoft.Storage/storageAccounts").Select(account => (string?)account["properties"]!["publicNetworkAccess"]);

    private static string Connection(string endpoint) => string.Join('-', endpoint.Split('-')[1..3]);

    private static IEnumerable<string> Counts(Deployment deployment) =>
        deployment.Resources.CountBy(Deployment.TypeOf).Select(count => $"{count.Value} {count.Key}").Order(StringComparer.Ordinal);

    [GeneratedRegex(@"services:\s+(?<name>\w+):")]
    private static partial Regex ServiceName();
}

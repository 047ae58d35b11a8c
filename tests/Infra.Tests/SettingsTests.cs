namespace Infra;

public sealed class SettingsTests(Templates templates)
{
    // Functions app settings reference, "Flex Consumption plan deprecations": functionAppConfig says what they said, and a deployment with them is refused.
    private static readonly string[] RefusedByFlexConsumption =
    [
        "ENABLE_ORYX_BUILD", "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_WORKER_RUNTIME_VERSION", "SCM_DO_BUILD_DURING_DEPLOYMENT",
        "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING", "WEBSITE_CONTENTOVERVNET", "WEBSITE_CONTENTSHARE", "WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT",
        "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_TIME_ZONE", "WEBSITE_VNET_ROUTE_ALL",
    ];

    // What the Functions host, its storage and its telemetry read; the app has no key of these names.
    private static readonly string[] OfTheHost =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_CONNECTION_STRING", "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__clientId",
        "AzureWebJobsStorage__credential", "AzureWebJobsStorage__queueServiceUri", "AzureWebJobsStorage__tableServiceUri",
    ];

    [Fact]
    public void Every_setting_that_the_app_reads_is_set()
    {
        var set = templates.Sample.Settings();

        var missing = Repository.SampleSettings().Where(setting => IsOurs(setting.Key) && !IsOfDevelopmentOnly(setting.Key))
            .Where(setting => setting.Value.Length > 0 && !set.ContainsKey(Azure(setting.Key)));

        Assert.Empty(missing);
        Assert.All(["Vbs__Storage__BlobUri", "Vbs__Storage__TableUri", "Vbs__Storage__ClientId"], name => Assert.NotEmpty(set[name]));
    }

    [Fact]
    public void No_setting_is_set_that_the_app_does_not_read()
    {
        var known = Repository.SampleSettings().Keys.Where(IsOurs).Where(key => !IsOfDevelopmentOnly(key)).Select(Azure).Concat(OfTheHost);

        Assert.Empty(templates.Sample.Settings().Keys.Except(known));
    }

    [Fact]
    public void No_setting_is_set_that_Flex_Consumption_refuses() =>
        Assert.Empty(templates.WithEverything.Settings().Keys.Intersect(RefusedByFlexConsumption, StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void A_setting_has_the_value_of_the_sample_unless_a_parameter_says_otherwise()
    {
        Assert.Equal(Repository.SampleSettings()["Vbs:Restore:SegmentsAtOnce"], templates.Sample.Settings()["Vbs__Restore__SegmentsAtOnce"]);
        Assert.Equal("8", templates.WithEverything.Settings()["Vbs__Restore__SegmentsAtOnce"]);
    }

    [Fact]
    public void The_secret_of_Keystone_is_a_reference_that_the_apps_identity_resolves()
    {
        Assert.Contains("@Microsoft.KeyVault(SecretUri=", templates.Sample.Settings()["Vbs__Keystone__ApplicationCredentialSecret"], StringComparison.Ordinal);
        Assert.Contains("identityId", (string?)templates.Sample.Only("Microsoft.Web/sites")["keyVaultReferenceIdentity"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_scheduler_has_the_name_and_the_hub_that_its_host_json_asks_for()
    {
        var durable = Repository.Json("host.scheduler.json")["extensions"]!["durableTask"]!;
        var name = (string)durable["storageProvider"]!["connectionStringName"]!;
        var hub = (string)durable["hubName"]!;

        Assert.Contains("Authentication=ManagedIdentity", templates.WithEverything.Settings()[name], StringComparison.Ordinal);
        Assert.DoesNotContain(name, templates.Sample.Settings().Keys);
        Assert.EndsWith($"/{hub}", Deployment.NameOf(Assert.Single(templates.WithEverything.Of("Microsoft.DurableTask/schedulers/taskHubs"))), StringComparison.Ordinal);
        Assert.NotEmpty(templates.WithEverything.Only("Microsoft.DurableTask/schedulers")["ipAllowlist"]!.AsArray());
    }

    [Fact]
    public void What_the_settings_name_is_deployed()
    {
        var names = templates.Sample.Resources.Select(Deployment.NameOf).ToList();

        var settings = templates.Sample.Settings();
        Assert.All(
            [settings["Vbs__Storage__BackupContainer"], settings["Vbs__Storage__VolumeContainer"], settings["Vbs__Storage__RestoreContainer"], settings["Vbs__Storage__CatalogTable"]],
            name => Assert.Contains(names, resource => resource.StartsWith("stdata", StringComparison.Ordinal) && resource.EndsWith($"/default/{name}", StringComparison.Ordinal)));
    }

    private static bool IsOurs(string key) => key.StartsWith("Vbs:", StringComparison.Ordinal);

    private static bool IsOfDevelopmentOnly(string key) =>
        key == "Vbs:Storage:ConnectionString" || key.StartsWith("Vbs:Identity:StaticTokens:", StringComparison.Ordinal);

    // On Linux a name with a colon is no environment variable.
    private static string Azure(string key) => key.Replace(":", "__", StringComparison.Ordinal);
}

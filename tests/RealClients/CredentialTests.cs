using RealClients.Harness;

namespace RealClients;

/// <summary>In which name the service asks a real Keystone. The application credential is what every other test here runs with.</summary>
public sealed class CredentialTests(Cloud cloud)
{
    [Theory]
    [InlineData("vb5", 404)]
    [InlineData("wrong", 503)]
    public async Task A_service_with_a_password_asks_in_its_name(string password, int status)
    {
        cloud.Needed();
        var stop = TestContext.Current.CancellationToken;
        await using var service = new ServiceProcess(cloud.Storage, new Dictionary<string, string>
        {
            ["Vbs__Keystone__Uri"] = cloud.KeystoneUri,
            ["Vbs__Keystone__UserName"] = Cloud.Service.User,
            ["Vbs__Keystone__Password"] = password,
            ["Vbs__Keystone__ProjectName"] = Cloud.Service.Project!,
            ["Vbs__Keystone__TimeoutSeconds"] = "60",
            ["Vbs__Storage__CatalogTable"] = $"catalog{status}",
            ["AzureFunctionsJobHost__extensions__durableTask__hubName"] = $"hub{status}",
        });
        await service.StartAsync(stop);
        using var keystone = new KeystoneApi(cloud.KeystoneUri);
        using var api = new Api(service.Access.BaseUrl);

        using var answer = await api.GetAsync(await keystone.IssueAsync(Cloud.Member, stop), cloud.DemoId, "volumes/none", stop);

        // Its catalog is empty: whoever is let in finds nothing.
        Assert.Equal(status, (int)answer.StatusCode);
    }
}

using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Testing;
using Vbs;
using Vbs.Catalog;
using Vbs.Restores;
using VbsFunctions.Tests.Contract;

namespace VbsFunctions.Tests.Identity;

/// <summary>The app as Program.cs composes it, before a peer that plays Keystone's part, with one backup; nothing of its token check is the test's.</summary>
public sealed class KeystoneApp(AzuriteFixture azurite) : IAsyncLifetime
{
    private IHost? host;

    /// <summary>Where clients get tokens.</summary>
    public const string PublicUri = "https://keystone.example:5000/v3";

    /// <summary>The peer.</summary>
    public FakeKeystone Keystone { get; } = new();

    /// <summary>Where the app listens, without a slash at the end.</summary>
    public string BaseUrl { get; private set; } = "";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var name = AzuriteFixture.UniqueName("keystone");
        Keystone.LogIn = _ => KeystoneReplies.Issued("service", DateTimeOffset.MaxValue);
        var builder = FunctionsApplication.CreateBuilder(
        [
            "--urls=http://127.0.0.1:0",
            $"--AzureWebJobsStorage={azurite.ConnectionString}",
            $"--Vbs:Storage:ConnectionString={azurite.ConnectionString}",
            $"--Vbs:Storage:CatalogTable={name}",
            $"--AzureFunctionsJobHost:extensions:durableTask:hubName={name}",
            $"--Vbs:Keystone:Uri={Keystone.Uri}",
            $"--Vbs:Keystone:PublicUri={PublicUri}/",
            "--Vbs:Keystone:ApplicationCredentialId=c0ffee",
            "--Vbs:Keystone:ApplicationCredentialSecret=secret",
            "--Vbs:Keystone:TimeoutSeconds=1",
        ]);
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddVbs(builder.Configuration);
        builder.Services.AddVbsFunctions();
        host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var backup = new GivenBackup().Of(ProjectId.Parse(KeystoneReplies.Project), TimeProvider.System.GetUtcNow());
        await host.Services.GetRequiredService<CatalogTable>().TryAddAsync(backup, TestContext.Current.CancellationToken);
        BaseUrl = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }

        await Keystone.DisposeAsync();
    }
}

using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Testing;
using Testing.Proxy;
using Vbs;
using Vbs.Catalog;
using Vbs.Identity;
using Vbs.Restores;
using Vbs.Volumes;
using VbsFunctions.Tests.Wire;

namespace VbsFunctions.Tests.Contract;

/// <summary>The app as Program.cs composes it, listening on a free port, its storage in Azurite. Only whom a token belongs to is the test's to say:
/// <c>project:role</c>, or <c>unavailable</c>, <c>late</c> or <c>senseless</c>.</summary>
public sealed class RunningApp(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly string table = AzuriteFixture.UniqueName("contract");
    private FaultyProxy? tables;
    private FaultyProxy? blobs;
    private IHost? host;

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string BaseUrl { get; private set; } = "";

    /// <summary>Its clock.</summary>
    public HastyClock Clock { get; } = new();

    /// <summary>What it logs.</summary>
    public LogLines Log { get; } = new();

    /// <summary>What stands between it and its tables.</summary>
    public FaultyProxy TableProxy => tables!;

    /// <summary>What stands between it and its blobs.</summary>
    public FaultyProxy BlobProxy => blobs!;

    /// <summary>Its catalog's table, as it is.</summary>
    public TableClient Table => azurite.Tables.GetTableClient(table);

    /// <summary>Its catalog.</summary>
    public CatalogTable Catalog => host!.Services.GetRequiredService<CatalogTable>();

    /// <summary>Its backups' objects.</summary>
    public BlobContainerClient Backups => host!.Services.GetRequiredService<BlobServiceClient>().GetBlobContainerClient("backups");

    /// <summary>Its disks.</summary>
    public VolumeStore Volumes => host!.Services.GetRequiredService<VolumeStore>();

    /// <summary>A table that the app does not know, and that does not exist yet.</summary>
    public TableClient Scratch() => azurite.Tables.GetTableClient(AzuriteFixture.UniqueName("given"));

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        (tables, blobs) = (await FaultyProxy.StartAsync(azurite.TableUrl), await FaultyProxy.StartAsync(azurite.BlobUrl));
        var storage = azurite.ConnectionString
            .Replace(azurite.TableUrl.Authority, tables.Url.Authority, StringComparison.Ordinal)
            .Replace(azurite.BlobUrl.Authority, blobs.Url.Authority, StringComparison.Ordinal);
        var builder = FunctionsApplication.CreateBuilder(
        [
            "--urls=http://127.0.0.1:0",
            $"--AzureWebJobsStorage={azurite.ConnectionString}",
            $"--Vbs:Storage:ConnectionString={storage}",
            $"--Vbs:Storage:CatalogTable={table}",
            $"--AzureFunctionsJobHost:extensions:durableTask:hubName={table}",
        ]);
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Logging.AddProvider(Log);
        builder.Services.AddVbs(builder.Configuration);
        builder.Services.AddVbsFunctions();
        builder.Services.AddSingleton<CheckToken>((token, _) => ValueTask.FromResult(Check(token)));
        host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
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

        await (tables?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (blobs?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static TokenAnswer Check(string? token) => token?.Split(':') switch
    {
        [var project, var role] when ProjectId.TryParse(project, null, out var id) =>
            TokenAnswer.Of(new Caller(id, "1f0e2d3c4b5a69788796a5b4c3d2e1f0", [role])),
        ["unavailable"] => TokenAnswer.Unavailable,
        ["late"] => TokenAnswer.TimedOut,
        ["senseless"] => TokenAnswer.Senseless,
        _ => TokenAnswer.Unauthorized,
    };
}

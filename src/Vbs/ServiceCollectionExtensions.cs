using System.Diagnostics.CodeAnalysis;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Vbs.Backups;
using Vbs.Catalog;
using Vbs.Catalog.Volumes;
using Vbs.Configuration;
using Vbs.Health;
using Vbs.Identity;
using Vbs.Identity.Development;
using Vbs.Identity.Keystone;
using Vbs.Restores.Segments;
using Vbs.Telemetry;
using Vbs.Volumes;

namespace Vbs;

/// <summary>Registers the library.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Registers options (validated when the host starts), clients and rooms, all as singletons. Each host adds only its own.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">Has the sections <c>Vbs:Storage</c>, <c>Vbs:Restore</c>, <c>Vbs:Keystone</c> and <c>Vbs:Identity</c>.</param>
    /// <remarks>A wrong setting stops the host with an <see cref="OptionsValidationException"/> that names the key and what is allowed.</remarks>
    public static IServiceCollection AddVbs(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Func<Guid>>(NewId);
        return services.AddVbsOptions(configuration).AddTelemetry().AddStorage().AddHealth().AddRooms().AddIdentity();
    }

    private static IServiceCollection AddVbsOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<StorageOptions, StorageOptionsValidator>().Bind(configuration.GetSection(StorageOptions.Section));
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageAddressValidator>();
        services.AddOptionsWithValidateOnStart<RestoreOptions, RestoreOptionsValidator>().Bind(configuration.GetSection(RestoreOptions.Section));
        services.AddOptionsWithValidateOnStart<IdentityOptions, IdentityOptionsValidator>().Bind(configuration.GetSection(IdentityOptions.Section));
        services.AddOptionsWithValidateOnStart<KeystoneOptions, KeystoneOptionsValidator>().Bind(configuration.GetSection(KeystoneOptions.Section));
        return services;
    }

    private static IServiceCollection AddTelemetry(this IServiceCollection services) => services
        .AddMetrics()
        .AddSingleton<UnfinishedRestores>()
        .AddSingleton<RestoreMetrics>()
        .AddSingleton(provider => new CatalogWatch(
            provider.GetRequiredService<RestoreMetrics>().Ended,
            provider.GetRequiredService<UnfinishedRestores>().Set,
            (traceParent, projectId, restoreId) => RestoreSpans.Continue("restart restore", traceParent, projectId, restoreId)));

    private static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton(provider => StorageClients.Credential(Options(provider)))
        .AddSingleton(provider => StorageClients.Tables(
            Options(provider), provider.GetRequiredService<TokenCredential>, Retries(provider, "table")))
        .AddSingleton(provider => StorageClients.Blobs(
            Options(provider), provider.GetRequiredService<TokenCredential>, Retries(provider, "blob")))
        .AddSingleton<StorageSetup>()
        .AddHostedService(provider => provider.GetRequiredService<StorageSetup>());

    private static IServiceCollection AddHealth(this IServiceCollection services) => services
        .AddSingleton(provider => StorageProbes.Of(provider.GetRequiredService<TableServiceClient>().GetTableClient(Options(provider).CatalogTable)))
        .AddSingleton(provider => StorageProbes.Of(Container(provider, Options(provider).BackupContainer)))
        .AddSingleton<Readiness>();

    private static IServiceCollection AddRooms(this IServiceCollection services) => services
        .AddSingleton(provider => new CatalogLists(Catalog(provider)))
        .AddSingleton(provider => new VolumeRecords(Catalog(provider), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<VolumeLifecycle>()
        .AddSingleton(provider => new CatalogTable(
            Catalog(provider),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Func<Guid>>(),
            provider.GetRequiredService<ILogger<CatalogTable>>(),
            provider.GetRequiredService<CatalogWatch>()))
        .AddSingleton(provider => new StatusResets(
            Catalog(provider),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<StatusResets>>(),
            provider.GetRequiredService<CatalogWatch>()))
        .AddSingleton(provider => new BackupImports(Catalog(provider)))
        .AddSingleton(provider => new RecordCheck(Container(provider, Options(provider).BackupContainer)))
        .AddSingleton(provider => new ChunkStore(Container(provider, Options(provider).BackupContainer)))
        .AddSingleton(provider => new PlanStore(Container(provider, Options(provider).RestoreContainer)))
        .AddSingleton(provider => new RestorePlanner(
            Container(provider, Options(provider).BackupContainer), provider.GetRequiredService<PlanStore>()))
        .AddSingleton(provider => provider.GetRequiredService<IOptions<RestoreOptions>>().Value.ToPipelineOptions())
        .AddSingleton(provider => new PieceMemory(provider.GetRequiredService<SegmentPipelineOptions>().ReadAheadBytes))
        .AddSingleton(provider => new VolumeStore(Container(provider, Options(provider).VolumeContainer)));

    private static IServiceCollection AddIdentity(this IServiceCollection services) => services
        .AddKeystone()
        .AddSingleton<TokenChecked>(provider => provider.GetRequiredService<RestoreMetrics>().TokenChecked)
        .AddSingleton(provider => new Probe("Keystone", provider.GetRequiredService<KeystoneProbe>().AskAsync))
        .AddSingleton<StaticTokens>()
        .AddSingleton(TokenAuthorities.Choose)
        .AddHostedService<TokenAuthorities>();

    private static RetryCounter Retries(IServiceProvider provider, string service)
    {
        var metrics = provider.GetRequiredService<RestoreMetrics>();
        return new RetryCounter(status => metrics.StorageRetried(service, status));
    }

    private static StorageOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<StorageOptions>>().Value;

    private static TableClient Catalog(IServiceProvider provider) =>
        provider.GetRequiredService<TableServiceClient>().GetTableClient(Options(provider).CatalogTable);

    private static BlobContainerClient Container(IServiceProvider provider, string name) =>
        provider.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(name);

    [SuppressMessage("ApiDesign", "RS0030", Justification = "The one place: everything else is given its ids.")]
    private static Guid NewId() => Guid.NewGuid();
}

using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Testing;
using Vbs.Backups;
using Vbs.Catalog;
using Vbs.Identity;
using Vbs.Restores.Segments;
using Vbs.Tests.Restores;
using Vbs.Volumes;

namespace Vbs.Tests.Configuration;

public sealed class AddVbsTests(AzuriteFixture azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_started_host_has_its_table_and_its_containers()
    {
        string[] containers = [AzuriteFixture.UniqueName("b"), AzuriteFixture.UniqueName("v"), AzuriteFixture.UniqueName("r")];
        await using var host = AHost.With(
            "Development",
            ("Vbs:Storage:ConnectionString", azurite.ConnectionString),
            ("Vbs:Storage:BackupContainer", containers[0]),
            ("Vbs:Storage:VolumeContainer", containers[1]),
            ("Vbs:Storage:RestoreContainer", containers[2]),
            ("Vbs:Storage:CatalogTable", AzuriteFixture.UniqueName("catalog")));

        foreach (var service in host.GetServices<IHostedService>())
        {
            await service.StartAsync(Stop);
            await service.StartAsync(Stop);
        }

        Assert.True(await host.GetRequiredService<CatalogTable>().TryAddAsync(Records.Volume(), Stop));
        foreach (var container in containers)
        {
            Assert.True(await host.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(container).ExistsAsync(Stop));
        }
    }

    [Theory]
    [InlineData(typeof(CatalogTable))]
    [InlineData(typeof(ChunkStore))]
    [InlineData(typeof(PlanStore))]
    [InlineData(typeof(RestorePlanner))]
    [InlineData(typeof(VolumeStore))]
    [InlineData(typeof(SegmentPipelineOptions))]
    [InlineData(typeof(PieceMemory))]
    [InlineData(typeof(CheckToken))]
    [InlineData(typeof(TimeProvider))]
    [InlineData(typeof(Func<Guid>))]
    public async Task Every_room_is_there_also_with_an_identity_for_a_key_and_without_a_request(Type room)
    {
        await using var host = AHost.With(
            "Production",
            ("Vbs:Storage:BlobUri", "https://nowhere.invalid"),
            ("Vbs:Storage:TableUri", "https://nowhere.invalid"),
            ("Vbs:Storage:ClientId", "11111111-1111-4111-8111-111111111111"),
            ("Vbs:Keystone:Uri", "https://nowhere.invalid"),
            ("Vbs:Keystone:ApplicationCredentialId", "c0ffee"),
            ("Vbs:Keystone:ApplicationCredentialSecret", "secret"));

        Assert.Same(host.GetRequiredService(room), host.GetRequiredService(room));
    }

    [Fact]
    public async Task A_clock_that_the_host_registered_stays()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var host = new ServiceCollection()
            .AddSingleton<TimeProvider>(time)
            .AddVbs(new Microsoft.Extensions.Configuration.ConfigurationManager())
            .BuildServiceProvider();

        Assert.Same(time, host.GetRequiredService<TimeProvider>());
    }
}

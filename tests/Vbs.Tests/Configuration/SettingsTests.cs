using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Vbs.Configuration;
using Vbs.Restores.Segments;

namespace Vbs.Tests.Configuration;

public sealed class SettingsTests
{
    private const string Storage = "Vbs:Storage:";
    private const string Local = "AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://localhost:2/a";
    private const string Azure = "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=YQ==;EndpointSuffix=core.windows.net";
    private const string Blob = "https://a.blob.core.windows.net";
    private const string Table = "https://a.table.core.windows.net";

    [Theory]
    [InlineData("UseDevelopmentStorage=true", null, null)]
    [InlineData("usedevelopmentstorage=True;", null, null)]
    [InlineData(Local, null, null)]
    [InlineData(Local + ";QueueEndpoint=http://[::1]:3/a;", null, null)]
    [InlineData(null, Blob, Table)]
    [InlineData("", Blob, Table)]
    [InlineData(null, "http://127.0.0.1:1/a", "http://127.0.0.1:2/a")]
    public void Storage_is_addressed_by_two_URIs_or_as_an_emulator(string? connectionString, string? blobUri, string? tableUri) =>
        Assert.Empty(Errors(connectionString, blobUri, tableUri));

    [Theory]
    [InlineData(null, null, null, "says nothing of where the data is")]
    [InlineData(" ", null, null, "says nothing of where the data is")]
    [InlineData(Local, Blob, Table, "not both")]
    [InlineData(Local, null, Table, "not both")]
    [InlineData(null, Blob, null, "TableUri is missing")]
    [InlineData(null, null, Table, "BlobUri is missing")]
    [InlineData(null, "http://a.blob.core.windows.net", Table, "BlobUri is 'http://a.blob.core.windows.net/'")]
    [InlineData(null, Blob, "/table", "TableUri is '/table'")]
    [InlineData(Azure, null, null, "is not an emulator's")]
    [InlineData(Azure + ";UseDevelopmentStorage=true", null, null, "is not an emulator's")]
    [InlineData(Azure + ";BlobEndpoint=http://127.0.0.1:1/a", null, null, "is not an emulator's")]
    [InlineData(Local + ";QueueEndpoint=https://a.queue.core.windows.net", null, null, "is not an emulator's")]
    [InlineData("UseDevelopmentStorage=false", null, null, "is not an emulator's")]
    [InlineData("UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://evil.example", null, null, "is not an emulator's")]
    [InlineData("nonsense", null, null, "is not an emulator's")]
    public void Any_other_address_is_refused(string? connectionString, string? blobUri, string? tableUri, string said)
    {
        var error = Assert.Single(Errors(connectionString, blobUri, tableUri));

        Assert.StartsWith("Vbs:Storage", error, StringComparison.Ordinal);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.DoesNotContain("YQ==", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Storage + "BackupContainer", "Backups")]
    [InlineData(Storage + "VolumeContainer", "")]
    [InlineData(Storage + "RestoreContainer", "a--b")]
    [InlineData(Storage + "RestoreContainer", "-ab")]
    [InlineData(Storage + "RestoreContainer", "ab")]
    [InlineData(Storage + "CatalogTable", "my-table")]
    [InlineData("Vbs:Restore:SegmentsAtOnce", "0")]
    [InlineData("Vbs:Restore:SegmentsAtOnce", "65")]
    [InlineData("Vbs:Restore:ObjectsAtOnce", "0")]
    [InlineData("Vbs:Restore:WritesInFlight", "65")]
    [InlineData("Vbs:Restore:ReadAheadBytes", "4194303")]
    public void A_setting_out_of_bounds_is_refused_by_its_key(string key, string value)
    {
        var error = Assert.Single(AHost.Errors(null, (Storage + "ConnectionString", Local), (key, value)));

        Assert.Matches($"{key} is '?{value}'?: it must be .+\\.$", error);
    }

    [Fact]
    public void The_numbers_of_the_restore_have_the_defaults_of_the_pipeline_and_reach_it()
    {
        using var byDefault = AHost.With(null, (Storage + "ConnectionString", Local));
        using var set = AHost.With(
            null,
            (Storage + "ConnectionString", Local),
            ("Vbs:Restore:ObjectsAtOnce", "2"),
            ("Vbs:Restore:WritesInFlight", "3"),
            ("Vbs:Restore:ReadAheadBytes", "5000000"));

        Assert.Equal(4, byDefault.GetRequiredService<IOptions<RestoreOptions>>().Value.SegmentsAtOnce);
        Assert.Equal(new SegmentPipelineOptions(), byDefault.GetRequiredService<SegmentPipelineOptions>());
        Assert.Equal(
            new SegmentPipelineOptions { ObjectsAtOnce = 2, WritesInFlight = 3, ReadAheadBytes = 5_000_000 },
            set.GetRequiredService<SegmentPipelineOptions>());
    }

    private static IReadOnlyList<string> Errors(string? connectionString, string? blobUri, string? tableUri) => AHost.Errors(
        environment: null,
        (Storage + "ConnectionString", connectionString),
        (Storage + "BlobUri", blobUri),
        (Storage + "TableUri", tableUri));
}

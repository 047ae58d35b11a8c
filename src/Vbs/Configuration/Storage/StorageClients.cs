using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace Vbs.Configuration;

/// <summary>Makes the clients of the data account and their credential, one each per process: they pool connections and tokens.</summary>
internal static class StorageClients
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    /// <summary>The table service. Its requests are small and a caller waits for them, so an attempt may take 10 s, not the
    /// client's usual 100. The edge of the app bounds the sum; activities have their own retries over these.</summary>
    public static TableServiceClient Tables(StorageOptions options, Func<TokenCredential> credential, RetryCounter retries)
    {
        var client = new TableClientOptions { RetryPolicy = new CallerRetries(4, TimeSpan.FromSeconds(0.2), LongestDelay) };
        client.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        client.AddPolicy(retries, HttpPipelinePosition.PerRetry);
        return options.ConnectionString is { Length: > 0 } emulator
            ? new TableServiceClient(emulator, client)
            : new TableServiceClient(options.TableUri, credential(), client);
    }

    /// <summary>The blob service. Its requests carry up to 4 MiB, and nobody waits for a single one.</summary>
    public static BlobServiceClient Blobs(StorageOptions options, Func<TokenCredential> credential, RetryCounter retries)
    {
        var client = new BlobClientOptions();
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.MaxRetries = 5;
        client.Retry.Delay = TimeSpan.FromSeconds(0.4);
        client.Retry.MaxDelay = LongestDelay;
        client.Retry.NetworkTimeout = TimeSpan.FromSeconds(60);
        client.AddPolicy(retries, HttpPipelinePosition.PerRetry);
        client.AddPolicy(new OnlyStorage(), HttpPipelinePosition.PerRetry);
        return options.ConnectionString is { Length: > 0 } emulator
            ? new BlobServiceClient(emulator, client)
            : new BlobServiceClient(options.BlobUri, credential(), client);
    }

    /// <summary>The identity that the options name, or the default one.</summary>
    public static TokenCredential Credential(StorageOptions options) => options.ClientId is { Length: > 0 } clientId
        ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
        : new DefaultAzureCredential();
}

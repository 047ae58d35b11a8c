using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace Vbs.Configuration;

/// <summary>Makes the clients of the data account and their credential, one each per process: they pool connections and tokens.</summary>
internal static class StorageClients
{
    /// <summary>The table service. Its requests are small and a caller waits for them, so an attempt may take 10 s, not the
    /// client's usual 100.</summary>
    public static TableServiceClient Tables(StorageOptions options, Func<TokenCredential> credential)
    {
        var client = new TableClientOptions();
        Set(client.Retry, retries: 4, delay: TimeSpan.FromSeconds(0.2), timeout: TimeSpan.FromSeconds(10));
        return options.ConnectionString is { Length: > 0 } emulator
            ? new TableServiceClient(emulator, client)
            : new TableServiceClient(options.TableUri, credential(), client);
    }

    /// <summary>The blob service. Its requests carry up to 4 MiB, and nobody waits for a single one.</summary>
    public static BlobServiceClient Blobs(StorageOptions options, Func<TokenCredential> credential)
    {
        var client = new BlobClientOptions();
        Set(client.Retry, retries: 5, delay: TimeSpan.FromSeconds(0.4), timeout: TimeSpan.FromSeconds(60));
        return options.ConnectionString is { Length: > 0 } emulator
            ? new BlobServiceClient(emulator, client)
            : new BlobServiceClient(options.BlobUri, credential(), client);
    }

    /// <summary>The identity that the options name, or the default one.</summary>
    public static TokenCredential Credential(StorageOptions options) => options.ClientId is { Length: > 0 } clientId
        ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
        : new DefaultAzureCredential();

    private static void Set(RetryOptions retry, int retries, TimeSpan delay, TimeSpan timeout)
    {
        retry.Mode = RetryMode.Exponential;
        retry.MaxRetries = retries;
        retry.Delay = delay;
        retry.MaxDelay = TimeSpan.FromSeconds(5);
        retry.NetworkTimeout = timeout;
    }
}

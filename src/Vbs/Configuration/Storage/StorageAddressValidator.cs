using Microsoft.Extensions.Options;

namespace Vbs.Configuration;

/// <summary>Checks that storage is addressed in one way only, and that no key leads anywhere but to an emulator.</summary>
internal sealed class StorageAddressValidator : IValidateOptions<StorageOptions>
{
    private const string Section = StorageOptions.Section;

    public ValidateOptionsResult Validate(string? name, StorageOptions options) =>
        Check(options) is { } error ? ValidateOptionsResult.Fail(error) : ValidateOptionsResult.Success;

    private static string? Check(StorageOptions options)
    {
        var byUri = options.BlobUri is not null || options.TableUri is not null;
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            return byUri
                ? CheckUri(options.BlobUri, nameof(options.BlobUri)) ?? CheckUri(options.TableUri, nameof(options.TableUri))
                : $"{Section} says nothing of where the data is: set BlobUri and TableUri, or ConnectionString for the emulator.";
        }

        if (byUri)
        {
            return $"{Section} has a ConnectionString and a URI: set BlobUri and TableUri, or ConnectionString for the emulator, not both.";
        }

        // The value is not repeated: it may hold a key.
        return EmulatorAddress.IsLegal(options.ConnectionString)
            ? null
            : $"{Section}:ConnectionString is not an emulator's: only UseDevelopmentStorage=true, or a BlobEndpoint and a TableEndpoint "
                + "on loopback, are allowed. For a storage account set BlobUri and TableUri, and give the identity its roles.";
    }

    private static string? CheckUri(Uri? uri, string key) => uri switch
    {
        null => $"{Section}:{key} is missing: BlobUri and TableUri are set together.",
        { IsAbsoluteUri: true } when uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback) => null,
        _ => $"{Section}:{key} is '{uri}': it must be an absolute https URI, such as https://account.blob.core.windows.net.",
    };
}

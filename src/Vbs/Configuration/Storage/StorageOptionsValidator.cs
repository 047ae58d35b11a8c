using Microsoft.Extensions.Options;

namespace Vbs.Configuration;

/// <summary>Checks the names.</summary>
[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;

using Microsoft.Extensions.Options;

namespace Vbs.Configuration;

/// <summary>Checks the bounds.</summary>
[OptionsValidator]
internal sealed partial class RestoreOptionsValidator : IValidateOptions<RestoreOptions>;

namespace EndToEnd.Harness;

/// <summary>How to reach a service, its storage and one of its projects.</summary>
/// <param name="BaseUrl">Where it listens, without a slash at the end.</param>
/// <param name="Storage">Connection string of its data account.</param>
/// <param name="Token">A token of the project, with role <c>member</c>.</param>
/// <param name="ProjectId">The project.</param>
public sealed record ServiceAccess(string BaseUrl, string Storage, string Token, string ProjectId)
{
    /// <summary>The service that runs elsewhere, when <c>VBS_BASE_URL</c> names one.</summary>
    public static ServiceAccess? Elsewhere() =>
        Variable("VBS_BASE_URL") is { } url
            ? new(url.TrimEnd('/'), Required("VBS_STORAGE"), Required("VBS_TOKEN"), Required("VBS_PROJECT"))
            : null;

    private static string Required(string name) =>
        Variable(name) ?? throw new InvalidOperationException($"{name} is needed when VBS_BASE_URL is set.");

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

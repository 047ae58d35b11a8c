using Microsoft.Extensions.Configuration;

namespace VbsFunctions.Telemetry;

/// <summary>Where telemetry goes. The names are those that the Functions host reads too, so that its half of a trace goes to the same place.</summary>
internal sealed class ExportOptions
{
    /// <summary>An OpenTelemetry collector; <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>, <c>…_HEADERS</c> and the rest of the standard apply.</summary>
    public const string OtlpKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Application Insights.</summary>
    public const string AzureMonitorKey = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>How to sign in there: with a managed identity, which is the only way when local authentication is off.</summary>
    public const string AuthenticationKey = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    private const string EntraId = "AAD";

    /// <summary>Value of <see cref="OtlpKey"/>; null for none.</summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>Value of <see cref="AzureMonitorKey"/>; null for none.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Value of <see cref="AuthenticationKey"/>, such as <c>ClientId=…;Authorization=AAD</c>; null for the connection string's own key.</summary>
    public string? Authentication { get; set; }

    /// <summary>Whether anything is exported at all.</summary>
    public bool IsOn => OtlpEndpoint is not null || ConnectionString is not null;

    /// <summary>Whether to sign in with an identity.</summary>
    public bool UsesIdentity => Authentication is not null;

    /// <summary>The client id of a user-assigned identity; null for the system's.</summary>
    public string? ClientId => Authentication is null ? null : Value(Authentication, "ClientId");

    /// <summary>Fills the options.</summary>
    public void Read(IConfiguration configuration)
    {
        OtlpEndpoint = Text(configuration[OtlpKey]);
        ConnectionString = Text(configuration[AzureMonitorKey]);
        Authentication = Text(configuration[AuthenticationKey]);
    }

    /// <summary>What is wrong, as a sentence; null when all is well. Values are not repeated: they may hold a key.</summary>
    public string? Check()
    {
        if (OtlpEndpoint is not null && !IsHttp(OtlpEndpoint))
        {
            return $"{OtlpKey} must be an absolute http or https URI, such as http://127.0.0.1:4317.";
        }

        if (ConnectionString is not null && !Guid.TryParse(Value(ConnectionString, "InstrumentationKey"), out _))
        {
            return $"{AzureMonitorKey} must be a connection string with an InstrumentationKey, as Application Insights shows it.";
        }

        return Authentication is null || string.Equals(Value(Authentication, "Authorization"), EntraId, StringComparison.OrdinalIgnoreCase)
            ? null
            : $"{AuthenticationKey} must be Authorization={EntraId}, or ClientId=<client id>;Authorization={EntraId}.";
    }

    private static bool IsHttp(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static string? Value(string settings, string name) => settings
        .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(setting => setting.Split('=', 2, StringSplitOptions.TrimEntries))
        .FirstOrDefault(parts => parts.Length == 2 && parts[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1];

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}

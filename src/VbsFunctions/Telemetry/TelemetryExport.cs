using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using Vbs.Telemetry;

namespace VbsFunctions.Telemetry;

/// <summary>Sends traces, metrics and logs where the settings say; by default nowhere, and then nothing is collected either.</summary>
public static class TelemetryExport
{
    /// <summary>Sources of the spans below a function's: the library's steps, the start of the orchestration, and the storage requests.
    /// Not Azure.Core.Http and System.Net.Http, which would tell of each storage request again.</summary>
    internal static readonly string[] Sources = [RestoreSpans.SourceName, "Microsoft.DurableTask", "Azure.Storage.*", "Azure.Data.Tables.*"];

    /// <summary>Registers the exporters that the settings name.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configuration">Has the keys of <see cref="ExportOptions"/>.</param>
    /// <remarks>A wrong setting stops the host with a sentence that names the key and what is allowed. With <c>telemetryMode</c>
    /// <c>OpenTelemetry</c> in host.json the Functions host exports its own half of the same traces, by the same settings.</remarks>
    public static IServiceCollection AddVbsTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var options = new ExportOptions();
        options.Read(configuration);
        var error = options.Check();
        services.AddOptions<ExportOptions>().Validate(_ => error is null, error ?? "").ValidateOnStart();
        return options.IsOn && error is null ? services.AddExporters(options) : services;
    }

    private static IServiceCollection AddExporters(this IServiceCollection services, ExportOptions options)
    {
        IOpenTelemetryBuilder telemetry = services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(Sources))
            .WithMetrics(metrics => metrics.AddMeter(RestoreMetrics.MeterName))
            .WithLogging(configureBuilder: null, logging => logging.IncludeFormattedMessage = logging.IncludeScopes = true)
            .UseFunctionsWorkerDefaults();
        if (options.OtlpEndpoint is not null)
        {
            telemetry = telemetry.UseOtlpExporter();
        }

        if (options.ConnectionString is not null)
        {
            services.AddOpenTelemetry().UseAzureMonitorExporter(exporter =>
            {
                exporter.ConnectionString = options.ConnectionString;
                exporter.Credential = options.UsesIdentity ? Identity(options.ClientId) : null;
            });
        }

        return services;
    }

    private static ManagedIdentityCredential Identity(string? clientId) => new ManagedIdentityCredential(
        clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId));
}

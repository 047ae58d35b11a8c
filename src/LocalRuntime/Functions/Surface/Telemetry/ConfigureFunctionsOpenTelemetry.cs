using LocalRuntime.Durable.Tracing;
using LocalRuntime.Functions.Invocation;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Microsoft.Azure.Functions.Worker.OpenTelemetry;

/// <summary>Makes OpenTelemetry know of functions.</summary>
public static class ConfigureFunctionsOpenTelemetry
{
    // The Functions host exports its own spans: there they are none of the app's affair.
    private static readonly string[] HostSources = ["Microsoft.AspNetCore", DurableSpans.EngineSource];

    /// <summary>Collects a span for each invocation, and names the service after <c>WEBSITE_SITE_NAME</c> unless <c>OTEL_SERVICE_NAME</c> does.
    /// Here also the spans that on Azure are the Functions host's: of requests, orchestrations and activities.</summary>
    /// <param name="builder">The app's OpenTelemetry.</param>
    /// <returns>The same.</returns>
    public static IOpenTelemetryBuilder UseFunctionsWorkerDefaults(this IOpenTelemetryBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder
            .ConfigureResource(resource => AddName(resource))
            .WithTracing(tracing => tracing.AddSource(InvocationSpan.SourceName).AddSource(HostSources));
    }

    // FunctionsResourceDetector in azure-functions-dotnet-worker.
    private static void AddName(ResourceBuilder resource)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME")))
        {
            resource.AddService(
                Environment.GetEnvironmentVariable("WEBSITE_SITE_NAME") ?? AppDomain.CurrentDomain.FriendlyName, autoGenerateServiceInstanceId: false);
        }
    }
}

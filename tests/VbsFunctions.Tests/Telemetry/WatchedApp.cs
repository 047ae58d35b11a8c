using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Testing;
using Vbs;
using Vbs.Catalog;
using VbsFunctions.Telemetry;

namespace VbsFunctions.Tests.Telemetry;

/// <summary>The app as Program.cs composes it, with a static token, its storage in Azurite, and everything it says heard: the spans of
/// one trace, its measurements and its log.</summary>
internal sealed class WatchedApp : IAsyncDisposable
{
    public const string Token = "a-token-that-nobody-may-see";
    public const string ProjectId = "5751d8c3f2f6415993ee4326b41630ec";

    private readonly ConcurrentDictionary<string, TaskCompletionSource> ended = new(StringComparer.Ordinal);
    private readonly IHost host;
    private readonly ActivityListener spans;
    private readonly MeterListener meters;

    private WatchedApp(IHost host, LogLines log)
    {
        (this.host, Log) = (host, log.Said);
        spans = new ActivityListener
        {
            ShouldListenTo = source => IsExported(source.Name),
            Sample = (ref sample) => sample.TraceId == TraceId ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = Keep,
        };
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == factory && instrument.Meter.Name == "Vbs")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measured.Enqueue(new(instrument, value, tags.ToArray())));
        meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Measured.Enqueue(new(instrument, value, tags.ToArray())));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measured.Enqueue(new(instrument, value, tags.ToArray())));
        ActivitySource.AddActivityListener(spans);
        meters.Start();
    }

    /// <summary>The trace that is heard.</summary>
    public ActivityTraceId TraceId { get; } = ActivityTraceId.CreateRandom();

    /// <summary>The span of the caller.</summary>
    public ActivitySpanId CallerId { get; } = ActivitySpanId.CreateRandom();

    public ConcurrentQueue<Activity> Spans { get; } = [];

    public ConcurrentQueue<Measurement> Measured { get; } = [];

    public ConcurrentQueue<string> Log { get; }

    public HttpClient Http { get; } = new();

    public IServiceProvider Services => host.Services;

    public string BaseUrl { get; private set; } = "";

    public static async Task<WatchedApp> StartAsync(AzuriteFixture azurite, params string[] settings)
    {
        var name = AzuriteFixture.UniqueName("watched");
        var log = new LogLines();
        var builder = FunctionsApplication.CreateBuilder(
        [
            "--urls=http://127.0.0.1:0",
            $"--AzureWebJobsStorage={azurite.ConnectionString}",
            $"--Vbs:Storage:ConnectionString={azurite.ConnectionString}",
            $"--Vbs:Storage:CatalogTable={name}",
            $"--Vbs:Storage:BackupContainer={name}",
            $"--AzureFunctionsJobHost:extensions:durableTask:hubName={name}",
            $"--Vbs:Identity:StaticTokens:0:Token={Token}",
            $"--Vbs:Identity:StaticTokens:0:ProjectId={ProjectId}",
            "--Vbs:Identity:StaticTokens:0:UserId=user",
            "--Vbs:Identity:StaticTokens:0:Roles=member",
            .. settings,
        ]);
        builder.Local.OwnsProcess = false;
        builder.ConfigureFunctionsWebApplication();
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddVbs(builder.Configuration);
        builder.Services.AddVbsFunctions();
        builder.Services.AddVbsTelemetry(builder.Configuration);
        var host = builder.Build();
        var app = new WatchedApp(host, log);
        await host.StartAsync(TestContext.Current.CancellationToken);
        app.BaseUrl = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        app.Http.BaseAddress = new Uri(app.BaseUrl);
        app.Http.DefaultRequestHeaders.Add("X-Auth-Token", Token);
        return app;
    }

    /// <summary>A request within the trace that is heard.</summary>
    public HttpRequestMessage Traced(HttpMethod method, string path, HttpContent? content = null) => new(method, path)
    {
        Content = content,
        Headers = { { "traceparent", $"00-{TraceId}-{CallerId}-01" } },
    };

    /// <summary>Waits for a span of this name to end.</summary>
    public Task EndOfAsync(string span) => Ended(span).Task;

    /// <summary>Sweeps, as the timer does, and measures what only a sweep knows.</summary>
    public async Task SweptAsync(CancellationToken cancellationToken)
    {
        await Services.GetRequiredService<CatalogTable>().SweepAsync(
            (_, _) => Task.FromResult(true), (_, _, _) => Task.CompletedTask, cancellationToken);
        meters.RecordObservableInstruments();
    }

    /// <summary>Ends the app; what it exports is sent by then.</summary>
    public Task StopAsync() => host.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        spans.Dispose();
        meters.Dispose();
        Http.Dispose();
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }

    private void Keep(Activity span)
    {
        if (span.TraceId == TraceId)
        {
            Spans.Enqueue(span);
            Ended(span.DisplayName).TrySetResult();
        }
    }

    private TaskCompletionSource Ended(string span) =>
        ended.GetOrAdd(span, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    // The sources that the app and the runtime export: TelemetryExport.Sources, and those of UseFunctionsWorkerDefaults.
    private static bool IsExported(string source) => TelemetryExport.Sources
        .Concat(["Microsoft.Azure.Functions.Worker", "Microsoft.AspNetCore", "DurableTask.Core"])
        .Any(name => name.EndsWith('*') ? source.StartsWith(name[..^1], StringComparison.Ordinal) : source == name);
}

/// <summary>What was measured, once.</summary>
internal sealed record Measurement(Instrument Instrument, double Value, KeyValuePair<string, object?>[] Tags)
{
    /// <summary>Name, unit and tags.</summary>
    public string Series => $"{Instrument.Name} {Instrument.Unit}{string.Concat(Tags.Select(tag => $" {tag.Key}={tag.Value}"))}";
}

/// <summary>A logger that remembers everything, scopes and values included.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Said { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Said.Enqueue($"{eventId.Id} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}

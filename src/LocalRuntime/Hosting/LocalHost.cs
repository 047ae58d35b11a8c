using System.Reflection;
using LocalRuntime.Azurite;
using LocalRuntime.Functions;
using LocalRuntime.Functions.Http;
using LocalRuntime.Functions.Invocation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Hosting;

/// <summary>The running app: in the place of the Functions host and its worker.</summary>
/// <remarks>
/// A start: find and check the functions; start Azurite if it is needed; start the app's own services; the engine; the timers; listen;
/// say so; run the demo's program. A stop: listen no more and let requests end, up to <see cref="RequestGrace"/>; the timers; the engine;
/// the app's services; Azurite. It does not scale out, and it has no keys.
/// </remarks>
internal sealed class LocalHost(WebApplication web, LocalOptions options) : IHost, IAsyncDisposable
{
    /// <summary>How long requests may go on when the app is asked to stop.</summary>
    public static readonly TimeSpan RequestGrace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource stopping = new();
    private Drain? drain;
    private AzuriteProcess? azurite;
    private Task afterStart = Task.CompletedTask;

    /// <inheritdoc/>
    public IServiceProvider Services => web.Services;

    /// <summary>Where it listens; the first address when there are several.</summary>
    public Uri Url => new(web.Urls.First());

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await StartPartsAsync(cancellationToken);
        }
        catch (Exception failure) when (options.OwnsProcess && StartFailure.Sentence(failure) is { } sentence)
        {
            await DisposeAsync();
            Terminal.Fail(sentence);
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await stopping.CancelAsync();
        await web.StopAsync(cancellationToken);
        await afterStart;
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        drain?.Dispose();
        stopping.Dispose();
        if (azurite is not null)
        {
            await azurite.DisposeAsync();
            azurite = null;
        }
    }

    private async Task StartPartsAsync(CancellationToken cancellationToken)
    {
        if (options.ConfigurationFailure is { } unreadable)
        {
            throw new StartException(unreadable.Message, unreadable);
        }

        RefuseBadUrls();
        var time = web.Services.GetRequiredService<TimeProvider>();
        var app = web.Services.GetRequiredService<FunctionApp>();
        if (app.Http.Count > 0 && !options.IsWebApplication)
        {
            throw new StartException("The app has HTTP functions and does not call ConfigureFunctionsWebApplication().");
        }

        var logger = web.Services.GetRequiredService<ILogger<LocalHost>>();
        foreach (var (hidden, by) in HttpRoutes.Hidden(app.Http))
        {
            logger.FunctionHidden(hidden.Method.Function.Name, by.Method.Function.Name);
        }

        drain = new Drain(web.Lifetime, RequestGrace, time);
        ((IApplicationBuilder)web).Run(Edge(app, logger).AnswerAsync);
        azurite = options.OwnsProcess ? await JournalAccount.EnsureAsync(web.Configuration, time, cancellationToken) : null;
        await web.StartAsync(cancellationToken);
        if (options.OwnsProcess)
        {
            Announce(logger);
        }
    }

    // Kestrel takes what is no port for a name, and listens on port 80 of every address.
    private void RefuseBadUrls()
    {
        foreach (var url in (web.Configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Uri.TryCreate(url.Replace("*", "any", StringComparison.Ordinal).Replace("+", "any", StringComparison.Ordinal), UriKind.Absolute, out var parsed)
                || parsed.Scheme != Uri.UriSchemeHttp)
            {
                throw new StartException($"'{url}' is nowhere to listen: --urls takes addresses like http://127.0.0.1:7071.");
            }
        }
    }

    private HttpEdge Edge(FunctionApp app, ILogger logger)
    {
        // The setting and its meaning: HomepageMiddleware in azure-functions-host.
        var homePage = !web.Configuration.GetValue("AzureWebJobsDisableHomepage", false);
        return new HttpEdge(
            new HttpRoutes(app.Http, web.Services), web.Services.GetRequiredService<FunctionInvoker>(), drain!, homePage, logger);
    }

    private void Announce(ILogger logger)
    {
        var url = Url.GetLeftPart(UriPartial.Authority);
        Terminal.Say($"Listening on {url}");
        if (JournalAccount.IsDevelopment(web.Configuration) && AfterStart.Of(Assembly.GetEntryAssembly()) is { } program)
        {
            afterStart = RunWhenReadyAsync(program, url, logger);
        }
    }

    private async Task RunWhenReadyAsync(AfterStart program, string url, ILogger logger)
    {
        await HealthWait.UntilReadyAsync(Url, web.Services.GetRequiredService<TimeProvider>(), stopping.Token);
        await program.RunAsync(url, logger, stopping.Token);
    }
}

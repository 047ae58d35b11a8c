using LocalRuntime.Durable;
using LocalRuntime.Functions;
using LocalRuntime.Functions.Invocation;
using LocalRuntime.Functions.Timers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Hosting;

/// <summary>Runs what needs no request: the durable engine, then the timers. It starts after the app's own services and before the
/// server listens, and stops in the opposite order.</summary>
internal sealed class FunctionsService(
    FunctionApp app,
    FunctionInvoker invoker,
    DurableOptions durable,
    IConfiguration configuration,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILoggerFactory loggers)
    : IHostedService, IAsyncDisposable
{
    private readonly TimerService timers = new(app.Timers, invoker, time, loggers.CreateLogger<TimerService>());
    private DurableEngine? engine;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (app.IsDurable)
        {
            engine = new DurableEngine(app.Orchestrators, app.Activities, JournalAccount.Connect(configuration), durable, time, loggers);
            app.Connect(engine.Client);
            await StartEngineAsync(engine, cancellationToken);
            _ = StopWhenLostAsync(engine);
        }

        await timers.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await timers.StopAsync(cancellationToken);
        if (engine is not null)
        {
            await engine.StopAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        timers.Dispose();
        if (engine is not null)
        {
            await engine.DisposeAsync();
        }
    }

    // Another process has the journal now: what this one still accepted would wait for that one.
    private async Task StopWhenLostAsync(DurableEngine running)
    {
        await running.LeaseLost;
        lifetime.StopApplication();
    }

    // Its journal belongs to another process.
    private static async Task StartEngineAsync(DurableEngine engine, CancellationToken cancellationToken)
    {
        try
        {
            await engine.StartAsync(cancellationToken);
        }
        catch (InvalidOperationException taken)
        {
            throw new StartException(taken.Message, taken);
        }
    }
}

using Microsoft.Extensions.Hosting;

namespace LocalRuntime.Functions.Http;

/// <summary>The grace of requests that run when the app is asked to stop: their token is set when it is over.</summary>
internal sealed class Drain : IDisposable
{
    private readonly CancellationTokenSource over;
    private readonly CancellationTokenRegistration stopping;

    /// <summary>Begins to watch.</summary>
    /// <param name="lifetime">Says when the app is asked to stop.</param>
    /// <param name="grace">How long requests go on undisturbed.</param>
    /// <param name="time">The clock of the grace.</param>
    public Drain(IHostApplicationLifetime lifetime, TimeSpan grace, TimeProvider time)
    {
        over = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        stopping = lifetime.ApplicationStopping.Register(() => over.CancelAfter(grace));
    }

    /// <summary>Set when the grace is over.</summary>
    public CancellationToken Token => over.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        stopping.Dispose();
        over.Dispose();
    }
}

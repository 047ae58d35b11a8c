using Microsoft.AspNetCore.Http;

namespace Testing.Proxy;

/// <summary>Requests that are being disturbed; disposing lets them through again.</summary>
public sealed class Disturbed : IDisposable
{
    private readonly TaskCompletionSource<CancellationToken> met = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Disturbance how;
    private readonly Action<Disturbed> end;
    private int count;

    internal Disturbed(Predicate<HttpRequest> which, Disturbance how, Action<Disturbed> end) => (Which, this.how, this.end) = (which, how, end);

    /// <summary>How many requests were disturbed.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Ends with the first; what it gives fires when that one's client is gone.</summary>
    public Task<CancellationToken> First => met.Task;

    internal Predicate<HttpRequest> Which { get; }

    /// <inheritdoc/>
    public void Dispose() => end(this);

    internal Task HandleAsync(HttpContext http, Func<Task> forward)
    {
        Interlocked.Increment(ref count);
        met.TrySetResult(http.RequestAborted);
        return how(http, forward);
    }
}

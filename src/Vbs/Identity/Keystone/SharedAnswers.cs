using System.Collections.Concurrent;

namespace Vbs.Identity.Keystone;

/// <summary>Lets all who ask the same at the same time wait for one answer. Nobody's going away ends the question for the others.</summary>
/// <typeparam name="T">The answer.</typeparam>
internal sealed class SharedAnswers<T>
{
    private readonly ConcurrentDictionary<string, Lazy<Task<T>>> open = new(StringComparer.Ordinal);

    /// <summary>Asks, or joins who has asked already.</summary>
    /// <param name="key">What is the same.</param>
    /// <param name="ask">Asks; it bounds its own time, and is not told when anybody goes away.</param>
    /// <param name="cancellationToken">Ends this caller's waiting only.</param>
    public Task<T> AskAsync(string key, Func<Task<T>> ask, CancellationToken cancellationToken) =>
        open.GetOrAdd(key, new Lazy<Task<T>>(() => RunAsync(key, ask))).Value.WaitAsync(cancellationToken);

    private async Task<T> RunAsync(string key, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        finally
        {
            open.TryRemove(key, out _);
        }
    }
}

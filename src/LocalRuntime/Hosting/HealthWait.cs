using System.Net;

namespace LocalRuntime.Hosting;

/// <summary>Waits until an app that has just begun to listen can work, by its own word: <c>GET /health</c>.</summary>
internal static class HealthWait
{
    private static readonly Uri Health = new("/health", UriKind.Relative);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // What it waits for may be away for good; what comes next then says so better than a silence.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Returns when the answer is no 503 (an app without that function says 404, and is not waited for), or after half a minute.</summary>
    /// <param name="url">Where the app listens.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task UntilReadyAsync(Uri url, TimeProvider time, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = url };
        using var limit = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            while (await StatusAsync(http, either.Token) == HttpStatusCode.ServiceUnavailable)
            {
                await Task.Delay(Pause, time, either.Token);
            }
        }
        catch (Exception ended) when (ended is HttpRequestException || either.IsCancellationRequested)
        {
            // Waited long enough, or the app no longer listens.
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(Health, cancellationToken);
        return answer.StatusCode;
    }
}
